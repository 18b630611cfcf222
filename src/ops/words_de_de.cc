// Names, places and words of Germany. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Stefan Christian Uwe Werner Markus
Frank Alexander Martin Hans Bernd Matthias Daniel Manfred Rainer Jan Helmut Torsten
Sebastian Dieter Heinz Horst Tobias Karl Günter Gerhard Ralf Jens Florian Jörg Dirk
Marcel Holger Heiko Philipp Felix Lukas Maximilian Patrick Paul Jonas Leon Ben Finn
Elias Noah Luca Julian Tim Niklas Moritz Max David Simon Fabian Kevin Dennis Sven
Oliver Marco Mario Robert Johannes Benjamin Carsten Björn Lars Kai Nico Dominik Jakob
Anton Emil Oskar Henry Theo Mats Liam Matteo Leo Karsten Volker Norbert Josef Franz
Georg Herbert Walter Reinhard Rolf Siegfried Friedrich Kurt Rudolf Hermann Otto Ernst
Erich Wilhelm Heinrich Joachim Harald Hartmut Ulrich Detlef Roland Armin Erwin Alfred
Christoph Steffen Marc Sascha René Ingo Olaf Udo Guido Axel Thorsten Achim Gerd Lothar
Gerald Egon
Mirko Timo Robin Erik Jannik Tom Jannis Lennart Samuel Levin Mika Milan Linus Adrian
Vincent Konstantin Valentin Raphael Gabriel Jonathan Hannes Frederik Justus Arne Malte
Ole Bastian Eric André Ronny Enrico Maik Silvio Rico Mehmet Mustafa Ali Ahmet Murat
Emre Can Kaan Ibrahim Yusuf Mohamed Omar Dimitri Sergej Viktor Eugen Igor Waldemar
Artur Arthur Clemens Benedikt Korbinian Ludwig Xaver Alois Hubert Ferdinand Eberhard
Burkhard Winfried Gottfried Berthold Edgar Hugo Bruno Till Jasper Joel Pascal Roman
Ruben Aaron Carl Fritz Jost Henning Hendrik Sönke Hauke)";

constexpr std::string_view kFemaleNames = R"(
Maria Ursula Monika Petra Sabine Andrea Renate Karin Helga Brigitte Susanne Anna Ingrid
Claudia Julia Erika Christine Gisela Katharina Stefanie Birgit Elisabeth Martina Nicole
Anja Christa Angelika Sandra Heike Katrin Gabriele Barbara Melanie Silke Kerstin
Bettina Sarah Laura Lena Lisa Hannah Emma Mia Sophie Marie Lea Leonie Lara Johanna
Emilia Lina Clara Amelie Luisa Charlotte Mila Ella Ida Nele Pia Paula Jana Jasmin
Vanessa Jessica Jennifer Nadine Sonja Tanja Daniela Christina Anke Ute Silvia Simone
Manuela Jutta Regina Doris Gerda Irmgard Hildegard Ilse Edith Waltraud Rosemarie
Margarete Hannelore Elke Heidi Marion Cornelia Ulrike Beate Sigrid Bärbel Dagmar
Annette Anneliese Marianne Ruth Eva Gertrud Else Inge Käthe Lieselotte Frieda Martha
Theresa Franziska Verena Vera Carina Carolin Annika Svenja Maike Wiebke Antje Frauke
Maren Meike Imke Inga Britta Astrid Kirsten Katja Yvonne Diana Anita Angela Margit
Ramona Mandy Doreen Cindy Peggy Jacqueline Janine Michelle Celina Chiara Alina Elena
Marlene Greta Mathilda Frida Romy Thea Leni Lotte Helena Isabella Victoria Josephine
Antonia Magdalena Rebecca Miriam Judith Esther Ronja Merle Finja Jule Emily Zoe Maja
Nina Sina Selina Fatma Ayşe Emine Elif Zeynep Leyla Aylin Olga Natalia Swetlana Irina
Tatjana Larissa Nadja Agnes Therese Rosa Veronika
Sophia Amalia Elisa Melina Fiona Lilly Tina Ines Bianca Ilona Rita Roswitha Gudrun
Heidrun Almut Dörte Friederike Henriette Wilhelmine Luise Ottilie Hedwig Klara Elfriede)";

constexpr std::string_view kFamilyNames = R"(
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch
Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann
Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler
Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn
Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann
Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt
Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte
Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold
Wolff Pfeiffer Ernst Lindner Hübner Kramer Franz Beyer Wenzel Bock Riedel Lohmann Paul
Jansen Ott Hermann Kunz Fiedler Nowak Schindler Kern Seifert Ullrich Barth Kruse Metzger
Geiger Böttcher Hauser Reuter Jahn Thiele Kiefer Ritter Noack Wegner Nagel Urban Ebert
Lutz Bender Stahl Rudolph Haase Rieger Döring Wendt Eckert Schramm Brunner Forster
Reinhardt Popp Kirchner Witt Frey Hein Gerlach Marx Adam Binder Burger Naumann Steiner
Rose Straub Strauß Heller Bachmann Kolb Auer Hesse Hansen Petersen Nielsen Lorenzen
Christiansen Brinkmann Heinemann Stark Siebert Philipp Hennig Zander Löffler Kaufmann
Block Wirth Maurer Schlüter Brand Konrad Gebhardt Probst Menzel Pfeifer Schütz Blum
Büttner Langer Nickel Krebs Rohde Kluge Herzog Merkel Lechner Moser Eder Pichler
Wimmer Bayer Weiss Dorn Sander Böhme Mohr Kessler Ahrens Zeller Held Geyer Engelhardt
Behrens Beier Heinze Reimann Funk Rauch Heine Mertens Moritz Ehlers Schade Hinz Jacob
Opitz Weidner Preuß Fritz Schumann Ackermann Bartels Fritsch Kroll Rademacher Eggert
Falk Hartwig Hempel Henkel Hildebrandt Horstmann Kaminski Kowalski Kilian Klaus Knoll
Köster Kraft Krug Lenz Linke Löwe Mack Mai Michel Mielke Neubauer Nolte Oswald Pape
Pieper Raabe Reich Renner Rudolf Rupp Sattler Schaller Scherer Schilling Schlegel
Schott Schreiner Schuler Schütte Schwab Seitz Specht Springer Steffen Stephan Stock
Strobel Thiel Unger Vetter Volk Voss Weigel Weise Wendel Westphal Wieland Wilhelm Will
Witte Wulf Zeidler Zimmer Zink Yilmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Arslan
Ivanov Petrov Nguyen Schwarzer Baier Bischoff Bruns Buchholz Conrad Decker Dietz Erdmann
Eichhorn Feldmann Freitag Gärtner Geisler Glaser Göbel Greiner Großmann Haag Hagen
Hammer Harms Heck Heil Heinz Hentschel Herbst Heuer Hirsch Hoppe Jordan Jost Junker
Kastner Keil Kirsch Klose Knapp Kohl Kurz Lauer Löhr Matthes Meister Metz Miller Neu)";

// Postal codes: a range of the city's own; every number in it lies in the city, not every one is
// assigned. Phones: numbers that the regulator keeps for films, of the city where it keeps some,
// else those of mobile networks. Inhabitants in thousands.
constexpr std::string_view kPlaces = R"(
#Baden-Württemberg|BW|0171 39200,0176 040690
Stuttgart|70173-70629|633
Mannheim|68159-68309|315
Karlsruhe|76131-76229|309
Freiburg im Breisgau|79098-79117|236
Heidelberg|69115-69126|162
Ulm|89073-89081|129
Heilbronn|74072-74081|130
Pforzheim|75172-75181|127
Reutlingen|72760-72770|117
Esslingen am Neckar|73728-73734|95
Ludwigsburg|71634-71642|94
Tübingen|72070-72076|92
Konstanz|78462-78467|85
Villingen-Schwenningen|78048-78056|87
Ravensburg|88212-88214|51
Offenburg|77652-77656|61
Baden-Baden|76530-76534|56
#Bayern|BY|0171 39200,0176 040690
München|80331-81929|1510|089 99998x
Nürnberg|90402-90491|526
Augsburg|86150-86199|303
Regensburg|93047-93059|159
Ingolstadt|85049-85057|142
Fürth|90762-90768|132
Würzburg|97070-97084|127
Erlangen|91052-91058|117
Bamberg|96047-96052|80
Bayreuth|95444-95448|74
Landshut|84028-84036|75
Aschaffenburg|63739-63743|72
Kempten|87435-87439|70
Rosenheim|83022-83026|65
Passau|94032-94036|54
Coburg|96450|42
#Berlin|BE
Berlin|10115-10999|3755|030 23125x
#Brandenburg|BB|0171 39200,0176 040690
Potsdam|14467-14482|187
Cottbus|03042-03055|100
Brandenburg an der Havel|14770-14776|74
Frankfurt (Oder)|15230-15236|58
Oranienburg|16515|48
Eberswalde|16225-16227|42
#Bremen|HB|0171 39200,0176 040690
Bremen|28195-28779|577
Bremerhaven|27568-27580|118
#Hamburg|HH
Hamburg|20095-20539|1910|040 66969x
#Hessen|HE|0171 39200,0176 040690
Frankfurt am Main|60306-60599|776|069 90009x
Wiesbaden|65183-65207|285
Kassel|34117-34134|205
Darmstadt|64283-64297|163
Offenbach am Main|63065-63075|135
Hanau|63450-63457|100
Gießen|35390-35398|94
Marburg|35037-35043|78
Fulda|36037-36043|70
Wetzlar|35576-35586|55
#Mecklenburg-Vorpommern|MV|0171 39200,0176 040690
Rostock|18055-18147|210
Schwerin|19053-19063|99
Neubrandenburg|17033-17036|65
Stralsund|18435-18439|59
Greifswald|17489-17493|60
Wismar|23966-23970|44
#Niedersachsen|NI|0171 39200,0176 040690
Hannover|30159-30669|548
Braunschweig|38100-38126|252
Oldenburg|26121-26135|174
Osnabrück|49074-49090|168
Wolfsburg|38440-38448|127
Göttingen|37073-37085|120
Salzgitter|38226-38259|106
Hildesheim|31134-31141|101
Lüneburg|21335-21339|78
Celle|29221-29229|70
Wilhelmshaven|26382-26389|76
Emden|26721-26725|50
#Nordrhein-Westfalen|NW|0171 39200,0176 040690
Köln|50667-51149|1087|0221 4710x
Düsseldorf|40210-40629|631
Dortmund|44135-44388|595
Essen|45127-45359|586
Duisburg|47051-47279|504
Bochum|44787-44894|367
Wuppertal|42103-42399|358
Bielefeld|33602-33739|338
Bonn|53111-53229|337
Münster|48143-48167|322
Mönchengladbach|41061-41239|269
Gelsenkirchen|45879-45899|263
Aachen|52062-52080|253
Krefeld|47798-47839|229
Oberhausen|46045-46149|211
Hagen|58089-58135|190
Hamm|59063-59077|181
Mülheim an der Ruhr|45468-45481|173
Leverkusen|51371-51381|166
Solingen|42651-42719|161
Herne|44623-44653|157
Neuss|41460-41472|155
Paderborn|33098-33106|155
Recklinghausen|45657-45665|112
Remscheid|42853-42899|113
Siegen|57072-57080|102
Gütersloh|33330-33335|102
Witten|58452-58456|96
Iserlohn|58636-58644|93
#Rheinland-Pfalz|RP|0171 39200,0176 040690
Mainz|55116-55131|222
Ludwigshafen am Rhein|67059-67071|176
Koblenz|56068-56077|116
Trier|54290-54296|112
Kaiserslautern|67655-67663|101
Worms|67547-67551|85
Neuwied|56564-56567|66
Speyer|67346|51
#Saarland|SL|0171 39200,0176 040690
Saarbrücken|66111-66133|183
Neunkirchen|66538-66540|47
Homburg|66424|42
Saarlouis|66740|36
#Sachsen|SN|0171 39200,0176 040690
Leipzig|04103-04357|620
Dresden|01067-01328|566
Chemnitz|09111-09131|250
Zwickau|08056-08066|88
Plauen|08523-08529|65
Görlitz|02826-02828|57
Freiberg|09599|41
Bautzen|02625|38
#Sachsen-Anhalt|ST|0171 39200,0176 040690
Magdeburg|39104-39130|240
Halle (Saale)|06108-06132|243
Dessau-Roßlau|06842-06849|76
Lutherstadt Wittenberg|06886-06889|45
Stendal|39576|39
Halberstadt|38820|39
#Schleswig-Holstein|SH|0171 39200,0176 040690
Kiel|24103-24159|248
Lübeck|23552-23570|219
Flensburg|24937-24944|93
Neumünster|24534-24539|80
Norderstedt|22844-22851|82
Elmshorn|25335-25337|51
#Thüringen|TH|0171 39200,0176 040690
Erfurt|99084-99099|215
Jena|07743-07749|111
Gera|07545-07557|94
Weimar|99423-99427|65
Gotha|99867|46
Eisenach|99817|42
)";

constexpr std::string_view kStreets = R"(
Hauptstraße; Schulstraße; Dorfstraße; Gartenstraße; Bahnhofstraße; Wiesenweg; Bergstraße;
Birkenweg; Lindenstraße; Kirchstraße; Waldstraße; Ringstraße; Schillerstraße; Amselweg;
Goethestraße; Jahnstraße; Buchenweg; Feldstraße; Mühlenweg; Am Sportplatz; Blumenstraße;
Finkenweg; Rosenweg; Kirchweg; Eichenweg; Friedhofstraße; Mozartstraße; Tannenweg;
Beethovenstraße; Bachstraße; Industriestraße; Lerchenweg; Ahornweg; Mühlstraße; Poststraße;
Friedrichstraße; Marktplatz; Lessingstraße; Parkstraße; Talstraße; Mittelstraße; Mühlenstraße;
Erlenweg; Meisenweg; Uhlandstraße; Rathausplatz; Burgstraße; Neue Straße;
Gerhart-Hauptmann-Straße; Wilhelmstraße; Marktstraße; Breslauer Straße; Königsberger Straße;
Berliner Straße; Hamburger Straße; Münchner Straße; Frankfurter Straße; Leipziger Straße;
Dresdner Straße; Kölner Straße; Am Bahnhof; Am Anger; Am Mühlbach; Am Hang; Am Kirchberg;
Am Markt; Am Wald; Im Winkel; Im Wiesengrund; An der Kirche; An der Mühle; Auf der Heide;
Zum Sportplatz; Zur Mühle; Schlossstraße; Schützenstraße; Sonnenstraße; Steinweg; Gartenweg;
Kastanienweg; Kiefernweg; Fichtenweg; Ulmenweg; Weidenweg; Eschenweg; Drosselweg; Starenweg;
Schwalbenweg; Nelkenweg; Tulpenweg; Fliederweg; Veilchenweg; Asternweg; Dahlienweg; Lilienweg;
Sonnenweg; Bergweg; Waldweg; Feldweg; Dorfplatz; Kirchplatz; Schulweg; Heinrich-Heine-Straße;
Thomas-Mann-Straße; Richard-Wagner-Straße; Haydnstraße; Schubertstraße; Brahmsstraße;
Händelstraße; Johann-Sebastian-Bach-Straße; Robert-Koch-Straße; Albert-Schweitzer-Straße;
Albert-Einstein-Straße; Röntgenstraße; Siemensstraße; Daimlerstraße; Dieselstraße;
Robert-Bosch-Straße; Max-Planck-Straße; Carl-Benz-Straße; Gutenbergstraße; Humboldtstraße;
Kantstraße; Hegelstraße; Fichtestraße; Herderstraße; Hölderlinstraße; Eichendorffstraße;
Mörikestraße; Kleiststraße; Körnerstraße; Theodor-Storm-Straße; Wilhelm-Busch-Straße;
Bismarckstraße; Kaiserstraße; Königstraße; Karlstraße; Ludwigstraße; Luisenstraße; Moltkestraße;
Friedenstraße; Rosa-Luxemburg-Straße; Karl-Marx-Straße; August-Bebel-Straße;
Friedrich-Ebert-Straße; Konrad-Adenauer-Straße; Willy-Brandt-Straße; Geschwister-Scholl-Straße;
Stauffenbergstraße; Sudetenstraße; Danziger Straße; Stettiner Straße; Ostpreußenstraße;
Schlesierstraße; Bahnhofsallee; Lindenallee; Kastanienallee; Schlossallee; Poststieg; Hafenstraße;
Rheinstraße; Mainstraße; Donaustraße; Elbstraße; Weserstraße; Neckarstraße; Uferstraße; Seestraße;
Inselstraße; Brückenstraße; Brunnenstraße; Quellenweg; Turmstraße; Torstraße; Wallstraße;
Grabenstraße; Klosterstraße; Stiftstraße; Bischofstraße; Johannisstraße; Marienstraße;
Nikolaistraße; Petersstraße; Michaelstraße; Hofstraße; Gartenfeldstraße; Weinbergstraße; Rebenweg;
Ziegelstraße; Ziegelhütte; Handwerkerstraße; Gewerbestraße; Gewerbering; Werkstraße; Fabrikstraße;
Lagerstraße; Ostring; Westring; Nordring; Südring; Oststraße; Weststraße; Nordstraße; Südstraße;
Kurze Straße; Lange Straße; Breite Straße; Enge Gasse; Hintergasse; Vordergasse;
Obere Hauptstraße; Untere Hauptstraße; Alte Landstraße; Alter Weg; Neuer Weg; Hohlweg; Höhenweg;
Panoramastraße; Schöne Aussicht; Sandweg; Heideweg; Moorweg; Teichstraße; Wiesenstraße; Lindenweg;
Akazienweg; Haselweg; Holunderweg; Schlehenweg; Rotdornweg; Weißdornweg; Pappelallee;
Sperlingsweg; Fasanenweg; Rebhuhnweg; Falkenweg; Bussardweg; Habichtweg; Adlerstraße;
Hirschstraße; Rehweg; Fuchsweg; Dachsweg; Igelweg
)";

constexpr std::string_view kStems = R"(
Nordlicht; Rheinblick; Alpenland; Hansa; Bavaria; Saxonia; Germania; Concordia; Merkur; Phönix;
Atlas; Orion; Zenit; Kompass; Leuchtturm; Hafenkante; Elbtal; Schwarzwald; Bergland; Moselland;
Spreewald; Ostsee; Nordsee; Taunus; Eifel; Westfalia; Teutonia; Borussia; Allgäu; Bodensee;
Neckartal; Donautal; Lindenhof; Sonnenhof; Brückner; Kranich; Eisvogel; Steinbock; Adler;
Falkenstein
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} & {}
{} & Söhne
Gebrüder {}
)";

constexpr std::string_view kActivities = R"(
Maschinenbau; Anlagenbau; Werkzeugbau; Metallbau; Stahlbau; Elektrotechnik; Automation;
Sanitärtechnik; Heizungsbau; Klimatechnik; Solartechnik; Energietechnik; Umwelttechnik;
Medizintechnik; Messtechnik; Lasertechnik; Kunststofftechnik; Verpackungen; Druckerei; Verlag;
Medien; Software; Systemhaus; IT-Services; Datentechnik; Telekommunikation; Netzwerke; Consulting;
Unternehmensberatung; Steuerberatung; Versicherungen; Immobilien; Hausverwaltung; Bau; Hochbau;
Tiefbau; Bedachungen; Holzbau; Zimmerei; Tischlerei; Möbel; Küchen; Fensterbau; Malerbetrieb;
Fliesen; Garten- und Landschaftsbau; Baustoffe; Logistik; Spedition; Transporte; Reisen; Autohaus;
Fahrzeugtechnik; Karosseriebau; Reifendienst; Landtechnik; Agrarhandel; Lebensmittel; Backwaren;
Fleischwaren; Getränke; Feinkost; Gastronomie; Hotelbetriebe; Textilien; Moden; Schuhe; Optik;
Hörgeräte; Pharma; Pflegedienst; Reinigung; Sicherheitsdienste; Personalservice; Eventservice;
Handel; Großhandel; Import; Chemie; Recycling
)";

constexpr std::string_view kForms = R"(
GmbH*60
GmbH & Co. KG*18
AG*6
KG*5
OHG*3
UG (haftungsbeschränkt)*5
e. K.*3
)";

constexpr std::string_view kDepartments = R"(
Vertrieb; Einkauf; Buchhaltung; Controlling; Personal; Marketing; Produktion; Logistik;
Forschung und Entwicklung; Qualitätssicherung; IT; Recht; Kundendienst; Geschäftsleitung; Lager;
Konstruktion
)";

constexpr std::string_view kJobs = R"(
Verkäufer|Verkäuferin; Bürokaufmann|Bürokauffrau; Industriekaufmann|Industriekauffrau;
Bankkaufmann|Bankkauffrau; Einzelhandelskaufmann|Einzelhandelskauffrau;
Versicherungskaufmann|Versicherungskauffrau; Softwareentwickler|Softwareentwicklerin;
Systemadministrator|Systemadministratorin; IT-Berater|IT-Beraterin; Datenanalyst|Datenanalystin;
Projektleiter|Projektleiterin; Maschinenbauingenieur|Maschinenbauingenieurin;
Elektroingenieur|Elektroingenieurin; Bauingenieur|Bauingenieurin;
Wirtschaftsingenieur|Wirtschaftsingenieurin; Architekt|Architektin; Arzt|Ärztin;
Zahnarzt|Zahnärztin; Tierarzt|Tierärztin; Apotheker|Apothekerin;
Gesundheits- und Krankenpfleger|Gesundheits- und Krankenpflegerin; Altenpfleger|Altenpflegerin;
Medizinischer Fachangestellter|Medizinische Fachangestellte; Physiotherapeut|Physiotherapeutin;
Notfallsanitäter|Notfallsanitäterin; Erzieher|Erzieherin; Lehrer|Lehrerin;
Grundschullehrer|Grundschullehrerin; Sozialpädagoge|Sozialpädagogin; Professor|Professorin;
Wissenschaftlicher Mitarbeiter|Wissenschaftliche Mitarbeiterin; Rechtsanwalt|Rechtsanwältin;
Notar|Notarin; Richter|Richterin; Steuerberater|Steuerberaterin;
Steuerfachangestellter|Steuerfachangestellte; Buchhalter|Buchhalterin; Controller|Controllerin;
Personalreferent|Personalreferentin;
Assistent der Geschäftsführung|Assistentin der Geschäftsführung;
Geschäftsführer|Geschäftsführerin; Abteilungsleiter|Abteilungsleiterin;
Vertriebsleiter|Vertriebsleiterin; Außendienstmitarbeiter|Außendienstmitarbeiterin;
Einkäufer|Einkäuferin; Sachbearbeiter|Sachbearbeiterin;
Verwaltungsfachangestellter|Verwaltungsfachangestellte; Polizist|Polizistin;
Feuerwehrmann|Feuerwehrfrau; Elektriker|Elektrikerin; Elektroniker|Elektronikerin;
Mechatroniker|Mechatronikerin; Kfz-Mechatroniker|Kfz-Mechatronikerin;
Industriemechaniker|Industriemechanikerin; Anlagenmechaniker|Anlagenmechanikerin;
Schlosser|Schlosserin; Schweißer|Schweißerin; Tischler|Tischlerin; Zimmerer|Zimmerin;
Dachdecker|Dachdeckerin; Maurer|Maurerin; Maler und Lackierer|Malerin und Lackiererin;
Gärtner|Gärtnerin; Landwirt|Landwirtin; Bäcker|Bäckerin; Konditor|Konditorin;
Fleischer|Fleischerin; Koch|Köchin; Kellner|Kellnerin; Hotelfachmann|Hotelfachfrau;
Friseur|Friseurin; Reinigungskraft; Lagerist|Lageristin; Fachkraft für Lagerlogistik;
Berufskraftfahrer|Berufskraftfahrerin; Busfahrer|Busfahrerin; Lokführer|Lokführerin;
Pilot|Pilotin; Flugbegleiter|Flugbegleiterin; Journalist|Journalistin; Redakteur|Redakteurin;
Grafikdesigner|Grafikdesignerin; Mediengestalter|Mediengestalterin; Fotograf|Fotografin;
Übersetzer|Übersetzerin; Chemielaborant|Chemielaborantin; Physiker|Physikerin; Biologe|Biologin;
Psychologe|Psychologin; Optiker|Optikerin
)";

constexpr std::string_view kWords = R"(
ab aber Abend acht alle allein alles als also alt am an andere Anfang Angst Antwort Apfel
Arbeit arbeiten Arm Arzt auch auf Auge aus außen Auto Bahn bald Ball Bank Bau Bauer Baum
bei beide Bein Beispiel bekannt Berg Beruf besonders besser Bett bevor Bild billig bis
bisschen Blatt blau bleiben Blick Blume Boden Brief bringen Brot Bruder Brücke Buch Büro
da Dach damals damit danach dann daran das dein denken denn der deshalb deutlich die Ding
doch Dorf dort draußen drei dunkel durch dürfen Ecke eigentlich ein einfach einige einmal
Eis Eltern Ende endlich eng er Erde Erfolg erst erzählen es essen etwas fahren Fall
falsch Familie Farbe fast Fehler Feld Fenster fertig fest Feuer finden Finger Fisch
Flasche fliegen Fluss Form Frage fragen Frau frei fremd Freude Freund frisch froh früh
Frühling führen fünf für Fuß Garten Gast geben Gefühl gegen gehen gehören gelb Geld genau
genug gerade gern Geschichte Gesicht gestern gesund gewinnen Glas glauben gleich Glück
Gold grau groß grün Gruppe gut Haar haben halb Hals halten Hand hart Haus Haut heiß
helfen hell Hemd Herbst Herr Herz heute hier Hilfe Himmel hinter hoch hoffen Holz hören
Hotel Hund hundert Hunger ich Idee ihr immer in Insel ja Jahr jeder jemand jetzt jung
Junge Kaffee kalt Karte Katze kaufen kein kennen Kind Kirche klar Kleid klein Kopf Körper
kosten Kraft krank Küche Kuchen kurz lachen Laden Land lang langsam lassen laufen laut
leben leer legen Lehrer leicht leise lernen lesen letzte Leute Licht lieb Lied liegen
links Luft machen Mädchen mal man Mann Markt Meer mehr mein Mensch Milch Minute mit
Mittag Mitte möglich Monat Morgen müde Mund Musik müssen Mutter nach Nachbar Nacht Name
Nase nass natürlich neben nehmen nein neu neun nicht nichts nie niemand noch Norden nun
nur ob oben oder offen oft ohne Ohr Onkel Ort Osten Papier Park Platz plötzlich Preis
Problem Rad Raum rechts reden Regen reich Reise rennen richtig Ring rot Rücken rufen
ruhig rund Sache sagen Salz sauber Schiff schlafen schlecht schnell Schnee schon schön
schreiben Schuh Schule schwarz schwer Schwester sechs See sehen sehr Seite selten setzen
sicher sieben singen sitzen so Sohn Sommer Sonne spät Spiel spielen Sprache Stadt stark
stehen Stein Stelle Stern still Stimme Straße Stück Stuhl Stunde suchen Süden Tag Tasche
Tasse Teil Tee teuer tief Tier Tisch Tochter Tor tragen Traum treffen trinken trocken tun
Tür über Uhr um und unser unten unter Vater vergessen verlieren verstehen viel vielleicht
vier Vogel voll von vor Wagen wahr Wald Wand wann warm warten warum was Wasser Weg weil
Wein weiß weit welche Welt wenig wenn wer werden Westen Wetter wichtig wie wieder Wind
Winter wir wirklich wissen wo Woche wohnen Wort wünschen Zahl zahlen zehn zeigen Zeit
Zeitung Zimmer zu Zucker Zug zurück zusammen zwei zwischen)";

}  // namespace

constexpr LocaleText kDeDe = {
    .name = "de_DE",
    .language = "de",
    .country = "Deutschland",
    .country_code = "DE",
    .currency = "EUR",
    .calling_code = "+49",
    .iban_country = "DE",
    .folding = Folding::kGerman,
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 15,
    .family_name_offset = 40,
    .male_titles = "Herr*94\nHerr Dr.*5\nHerr Prof. Dr.*1",
    .female_titles = "Frau*95\nFrau Dr.*4\nFrau Prof. Dr.*1",
    .sexes = "männlich weiblich",
    .full_name = "{given_name} {family_name}",
    .places = kPlaces,
    .postal_digits = 5,
    .postal_pattern = "(0[1-9]|[1-9][0-9])[0-9]{3}",
    .streets = kStreets,
    .house_number_max = 180,
    .mobile_heads = "0171 39200,0176 040690",
    .postal_code = "{postal_head}",
    .street = "{street} {number}",
    .state = "{region}",
    .address = "{street_line}, {postal_code} {city}",
    .phone = "{phone_head}##",
    .mobile = "{mobile_head}##",
    .company_stems = kStems,
    .stem_patterns = kStemPatterns,
    .company_activities = kActivities,
    .company_forms = kForms,
    .company = "{company_stem} {company_activity} {company_form}",
    .departments = kDepartments,
    .job_titles = kJobs,
    .words = kWords,
};

}  // namespace tamis
