// Names, places and words of the Netherlands. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
Jan Johannes Peter Hendrik Cornelis Willem Erik Mark Marcel Martin Robert Jeroen Bas Sander
Thomas Tim Kees Henk Piet Gerrit Jacob Dirk Johan Frank Rob Ronald Paul Michel Patrick Edwin
Dennis Richard René Hans Marco Bart Rik Niels Stefan Martijn Maarten Arjan Wouter Ruben
Daan Lucas Sem Levi Noah Finn Luuk Milan Jesse Lars Mees Bram Thijs Stijn Sven Max Julian
Thijmen Hugo Gijs Jens Mats Luca Liam Adam James Benjamin Siem Teun Tygo Olivier Guus Floris
Boaz Mohamed Mohammed Ahmed Ali Mustafa Mehmet Youssef Omar Hassan Said Rachid Abdel Ibrahim
Jasper Jelle Joost Joris Jurgen Jurriaan Koen Laurens Leon Luc Maurice Mathijs Matthijs
Michael Nick Nico Pascal Pim Raymond Remco Rens Robin Roel Roy Rutger Ruud Steven Sjoerd Tom
Tijmen Theo Ton Twan Victor Vincent Wesley Wim Yannick Adriaan Albert Alexander André Anton
Arie Arnold Arno Ben Bernard Bert Björn Bob Boudewijn Casper Chris Christiaan Coen Daniël
David Derk Diederik Douwe Eddy Egbert Emiel Evert Ferdinand Fokke Fred Frederik Frits Geert
Gerard Gerben Ger Harm Harry Hein Herman Hidde Huub Ivo Jaap Jacques Jan_Willem Jeffrey Jip
Jo Job Joep Jonathan Joop Jos Jozef Jules Karel Karst Klaas Leendert Leo Lex Lodewijk Loek
Ludo Maikel Marijn Marinus Mart Mathieu Melle Menno Micha Mick Mike Nathan Oscar Otto Pepijn
Philip Pieter Quinten Reinier Rein Ricardo Rinus Rogier Ron Rudolf Sam Samuel Sebastiaan Simon
Stan Sybren Theun Tjeerd Tobias Valentijn Walter Willem-Jan Xander)";

constexpr std::string_view kFemaleNames = R"(
Maria Johanna Anna Cornelia Elisabeth Hendrika Wilhelmina Petronella Margaretha Adriana Linda
Monique Esther Sandra Marieke Anja Ingrid Marjan Petra Yvonne Mirjam Ellen Wilma Karin Annemarie
Saskia Jolanda Patricia Astrid Bianca Carla Diana Angelique Mariska Nicole Suzanne Femke Sanne
Lisa Anouk Lotte Iris Kim Eva Emma Julia Mila Tess Zoë Sara Nora Yara Olivia Sophie Saar Noor
Liv Evi Lieke Fleur Lynn Roos Isa Fenna Milou Lauren Maud Nina Lina Elin Hannah Loïs Feline
Bo Jasmijn Fien Naomi Floor Jill Veerle Vera Amber Benthe Charlotte Demi Dewi Elena Elise Eline
Esmee
Ilse Imke Inge Irene Iva Janneke Jantje Jessica Johanneke Joke Jorien Joyce Judith Karlijn
Kelly Kirsten Laura Leonie Lianne Liesbeth Lisanne Loes Louise Lucia Maaike Madelon Manon
Margriet Marianne Marijke Marije Marit Marjolein Marleen Marloes Martine Melanie Melissa
Merel Miranda Mieke Myrthe Nadia Natasja Nienke Nynke Paula Paulien Priscilla Rachel Ramona
Rebecca Renate Renske Rianne Riet Rosa Roxanne Samantha Sabine Sabrina Sharon Silvia Simone
Sofie Sonja Stephanie Tamara Tanja Tessa Thea Tineke Trudy Vanessa Vivian Willemijn Wendy
Willy Yasmine Fatima Aïcha Samira Khadija Naima Malika Hatice Ayşe Fatma Emine Zeynep Elif
Agnes Aleida Alida Alie Anita Annelies Annet Ans Antje Antoinette Ariane Babette Barbara
Berendina Bep Bertha Brigitte Carolien Catharina Chantal Christina Claudia Clara Corrie
Danielle Debby Denise Dina Dorien Els Elly Evelien Francisca Frederika Froukje Geertruida
Gerda Gerdien Geke Greetje Grietje Hanneke Harriët Heleen Helena Helma Hermina Hetty Hilde
Ineke Jacoba Jacqueline Jannie Jeannette Jet Josephine Josien Juliëtte Karen Katja Klaartje)";

constexpr std::string_view kFamilyNames = R"(
de_Jong Jansen de_Vries van_den_Berg van_Dijk Bakker Janssen Visser Smit Meijer
de_Boer Mulder de_Groot Bos Vos Peters Hendriks van_Leeuwen Dekker Brouwer de_Wit Dijkstra
Smits de_Graaf van_der_Meer van_der_Linden Kok Jacobs de_Haan Vermeulen van_den_Heuvel
van_der_Veen van_den_Broek de_Bruijn de_Bruin van_der_Heijden Schouten van_Beek Willems
van_Vliet van_de_Ven Hoekstra Maas Verhoeven Koster van_Dam van_der_Wal Prins Blom Huisman
Peeters de_Jonge Kuipers van_Veen Kuiper Veenstra Kramer van_den_Brink Scholten van_Wijk
Postma Martens Vink de_Ruiter Timmermans Groen Gerritsen Jonker van_Loon Boer van_der_Velde
Willemsen Smeets de_Lange de_Vos van_Dongen Schipper de_Koning van_der_Laan Koning
van_der_Velden Driessen van_Doorn Hermans Evers van_den_Bosch van_der_Meulen Hofman Bosman
Wolters Sanders van_der_Horst Mol Kuijpers Molenaar van_de_Pol de_Leeuw Verbeek van_Es Wijnen
Pietersen van_der_Heide Bouwman Hendriksen Bosch Gerrits van_der_Ploeg Kroon
Verhagen Schreuder Claassen Boersma van_der_Kolk Dijkman Roos Franken Kuijper Dekkers
van_Rijn Aarts Hoogendoorn van_Zanten Kool Verkerk Kooijman Zijlstra van_der_Zee Lammers
Wouters Bouman Cornelissen van_der_Wiel van_der_Pol Simons Nijhuis van_Eijk Brink
van_der_Hoeven Schuurman Bakkers Huijbers van_Os Bruins Brands van_Vugt Reijnders van_Gils
Snijders de_Kok de_Vreede Jacobsen Groot Goossens Kamphuis Pater Bijl van_Hoof Roelofs
Geurts van_der_Sluis van_Houten van_Engelen Swinkels Heijnen Verschuren Otten Boogaard
van_den_Bogaard Damen Drost Meijers Ramaker Tromp Hoek Ketelaar Kemper Keizer Keijzer
Kraaijenbrink Kromhout Kuiken Kwakkel Lamers Langendijk Leenders van_der_Lee Linders Litjens
Lubbers Luijten van_Maanen Mertens Meulenbelt Middelkoop Mooij Mous van_der_Molen Nieuwenhuis
Nijland van_Noort Noordman Oosterhuis Oosterveld van_Oosten Oudshoorn Pauw van_der_Pas Pieters
Poelman Polman Pronk Putman Raaijmakers van_Ravenstein Reinders Rietveld van_Rooij van_Rossum
Rutten Ruijter Schaap Scheffer Schepers Schoenmaker Scholte Schrijver Schuiling Slot Sluiter
Spaans Spijker Stam Steenbergen Sterk Stolk van_Straaten Strik Terpstra Teunissen Theunissen
Thijssen Tijssen Timmer Tuin Uitenbogaard Veldhuis van_Veldhuizen Veldman Velthuis Verburg
Verdonk Vermeer Versteeg Verweij Visscher Vissers van_Voorst Voogd Vrolijk Waterman
Weijers van_der_Werf Wessels Westra van_de_Wetering Wiersma van_Wijngaarden Wieringa Wit
de_Wolf van_der_Woude Zandbergen Zeeman van_Zuilen Zwart Zwiers Yılmaz Kaya Yıldız Demir Bakkali
El_Amrani Achahbar Singh Nguyen Pinas Bouazza van_Amstel van_Asselt
van_Baalen Baars Barends Beekman Beerens Bergsma Bloemen Bolt Boonstra Borst Braam Brandsma
Buijs Burger Cremers Coenen Dam Derksen van_Duijn Eising Elzinga Engels Faber Feenstra
Fransen Geerts Gelderman Goedhart Haan Haverkamp Heemskerk van_Hees Heijmans Heins)";

// Postal codes: the digits of the municipality's codes. Phones: the municipality's area code; the
// Netherlands keep no numbers for films. Inhabitants in thousands.
constexpr std::string_view kPlaces = R"(
#Noord-Holland|NH
Amsterdam|1011-1098|921|020-2,020-3,020-4,020-5,020-6
Haarlem|2011-2037|165|023-2,023-3,023-4,023-5,023-6
Zaandam|1501-1509|81|075-2,075-3,075-4,075-5,075-6
Hilversum|1211-1223|93|035-2,035-3,035-4,035-5,035-6
Amstelveen|1181-1187|92|020-2,020-3,020-4,020-5,020-6
Alkmaar|1811-1827|110|072-2,072-3,072-4,072-5,072-6
Hoorn|1621-1628|75|0229-
Purmerend|1441-1448|82|0299-
Den Helder|1781-1788|56|0223-
Heerhugowaard|1701-1706|58|072-2,072-3,072-4,072-5,072-6
Beverwijk|1941-1949|42|0251-
Hoofddorp|2131-2135|77|023-2,023-3,023-4,023-5,023-6
#Zuid-Holland|ZH
Rotterdam|3011-3089|655|010-2,010-3,010-4,010-5,010-6
Den Haag|2511-2597|553|070-2,070-3,070-4,070-5,070-6
Leiden|2311-2334|125|071-2,071-3,071-4,071-5,071-6
Zoetermeer|2711-2729|126|079-2,079-3,079-4,079-5,079-6
Dordrecht|3311-3329|120|078-2,078-3,078-4,078-5,078-6
Delft|2611-2629|104|015-2,015-3,015-4,015-5,015-6
Alphen aan den Rijn|2401-2409|76|0172-
Gouda|2801-2809|75|0182-
Schiedam|3111-3125|79|010-2,010-3,010-4,010-5,010-6
Vlaardingen|3131-3138|74|010-2,010-3,010-4,010-5,010-6
Capelle aan den IJssel|2901-2909|67|010-2,010-3,010-4,010-5,010-6
Spijkenisse|3201-3208|73|0181-
Rijswijk|2281-2289|56|070-2,070-3,070-4,070-5,070-6
Katwijk|2221-2225|43|071-2,071-3,071-4,071-5,071-6
#Utrecht|UT
Utrecht|3511-3585|362|030-2,030-3,030-4,030-5,030-6
Amersfoort|3811-3829|158|033-2,033-3,033-4,033-5,033-6
Veenendaal|3901-3907|67|0318-
Zeist|3701-3708|65|030-2,030-3,030-4,030-5,030-6
Nieuwegein|3431-3439|64|030-2,030-3,030-4,030-5,030-6
Houten|3991-3995|50|030-2,030-3,030-4,030-5,030-6
Woerden|3441-3449|38|0348-
Soest|3761-3768|41|035-2,035-3,035-4,035-5,035-6
IJsselstein|3401-3404|34|030-2,030-3,030-4,030-5,030-6
#Flevoland|FL
Almere|1311-1363|218|036-2,036-3,036-4,036-5,036-6
Lelystad|8211-8245|81|0320-
Dronten|8251-8254|31|0321-
Emmeloord|8301-8305|27|0527-
#Gelderland|GE
Nijmegen|6511-6546|179|024-2,024-3,024-4,024-5,024-6
Arnhem|6811-6846|164|026-2,026-3,026-4,026-5,026-6
Apeldoorn|7311-7339|165|055-2,055-3,055-4,055-5,055-6
Ede|6711-6718|78|0318-
Doetinchem|7001-7009|49|0314-
Zutphen|7201-7207|48|0575-
Harderwijk|3841-3849|49|0341-
Tiel|4001-4007|41|0344-
Wageningen|6701-6709|40|0317-
Barneveld|3771-3773|38|0342-
Winterswijk|7101-7109|29|0543-
#Overijssel|OV
Enschede|7511-7548|160|053-2,053-3,053-4,053-5,053-6
Zwolle|8011-8045|131|038-2,038-3,038-4,038-5,038-6
Deventer|7411-7429|90|0570-
Hengelo|7551-7559|81|074-2,074-3,074-4,074-5,074-6
Almelo|7601-7609|73|0546-
Kampen|8261-8267|38|038-2,038-3,038-4,038-5,038-6
Oldenzaal|7571-7577|32|0541-
Hardenberg|7771-7773|20|0523-
#Drenthe|DR
Emmen|7811-7828|57|0591-
Assen|9401-9408|69|0592-
Hoogeveen|7901-7909|40|0528-
Meppel|7941-7944|31|0522-
Coevorden|7741-7742|15|0524-
#Groningen|GR
Groningen|9711-9747|209|050-2,050-3,050-4,050-5,050-6
Hoogezand|9601-9603|23|0598-
Veendam|9641-9646|27|0598-
Stadskanaal|9501-9503|20|0599-
Delfzijl|9931-9936|15|0596-
Winschoten|9671-9675|18|0597-
#Friesland|FR
Leeuwarden|8911-8941|95|058-2,058-3,058-4,058-5,058-6
Drachten|9201-9207|45|0512-
Sneek|8601-8608|34|0515-
Heerenveen|8441-8448|30|0513-
Harlingen|8861-8862|15|0517-
Franeker|8801-8802|13|0517-
#Noord-Brabant|NB
Eindhoven|5611-5658|243|040-2,040-3,040-4,040-5,040-6
Tilburg|5011-5049|206|013-2,013-3,013-4,013-5,013-6
Breda|4811-4839|157|076-2,076-3,076-4,076-5,076-6
's-Hertogenbosch|5211-5237|112|073-2,073-3,073-4,073-5,073-6
Helmond|5701-5709|94|0492-
Roosendaal|4701-4709|67|0165-
Oss|5341-5349|59|0412-
Bergen op Zoom|4611-4625|58|0164-
Waalwijk|5141-5146|31|0416-
Veghel|5461-5467|27|0413-
Uden|5401-5406|37|0413-
Boxtel|5281-5283|26|0411-
Veldhoven|5501-5509|46|040-2,040-3,040-4,040-5,040-6
Valkenswaard|5551-5556|31|040-2,040-3,040-4,040-5,040-6
#Limburg|LI
Maastricht|6211-6229|122|043-2,043-3,043-4,043-5,043-6
Venlo|5911-5928|65|077-2,077-3,077-4,077-5,077-6
Heerlen|6411-6422|67|045-2,045-3,045-4,045-5,045-6
Sittard|6131-6137|37|046-2,046-3,046-4,046-5,046-6
Roermond|6041-6049|58|0475-
Weert|6001-6006|40|0495-
Kerkrade|6461-6469|45|045-2,045-3,045-4,045-5,045-6
Geleen|6161-6167|33|046-2,046-3,046-4,046-5,046-6
Venray|5801-5804|29|0478-
Brunssum|6441-6446|28|045-2,045-3,045-4,045-5,045-6
#Zeeland|ZE
Middelburg|4331-4339|43|0118-
Vlissingen|4381-4389|35|0118-
Goes|4461-4465|28|0113-
Terneuzen|4531-4538|25|0115-
Zierikzee|4301-4302|11|0111-
Hulst|4561-4562|11|0114-
)";

// Letters that codes may end with, without S so that SA, SD and SS can't come.
constexpr std::string_view kEndLetters = "ABCDEGHJKLMNPRTVWXZ";

constexpr std::string_view kStreets = R"(
Dorpsstraat; Kerkstraat; Molenstraat; Schoolstraat; Hoofdstraat; Stationsstraat; Nieuwstraat;
Julianastraat; Wilhelminastraat; Beatrixstraat; Emmastraat; Oranjestraat; Prins Bernhardstraat;
Prins Hendrikstraat; Koningin Julianalaan; Koningin Wilhelminalaan; Kerkweg; Molenweg;
Stationsweg; Schoolweg; Nieuweweg; Parallelweg; Zandweg; Dorpsweg; Achterweg; Veldweg; Bosweg;
Heideweg; Hoogstraat; Langestraat; Breestraat; Korte Nieuwstraat; Marktstraat; Markt; Grote Markt;
Kerkplein; Marktplein; Raadhuisplein; Stationsplein; Wilhelminaplein; Julianaplein; Dorpsplein;
Raadhuisstraat; Kloosterstraat; Kapelstraat; Beukenlaan; Eikenlaan; Lindelaan; Kastanjelaan;
Berkenlaan; Esdoornlaan; Populierenlaan; Wilgenlaan; Iepenlaan; Elzenlaan; Acacialaan;
Meidoornlaan; Sparrenlaan; Dennenlaan; Larikslaan; Beukenstraat; Eikenstraat; Lindestraat;
Kastanjestraat; Berkenstraat; Esdoornstraat; Wilgenstraat; Elzenstraat; Rozenstraat; Tulpenstraat;
Anjerstraat; Leliestraat; Irisstraat; Dahliastraat; Asterstraat; Begoniastraat; Geraniumstraat;
Hyacintstraat; Krokusstraat; Lavendelstraat; Margrietstraat; Narcisstraat; Primulastraat;
Seringenstraat; Violenstraat; Fresiastraat; Goudsbloemstraat; Klaproosstraat; Korenbloemstraat;
Zonnebloemstraat; Merelstraat; Lijsterstraat; Spreeuwenstraat; Vinkenstraat; Mezenstraat;
Zwaluwstraat; Leeuwerikstraat; Nachtegaalstraat; Kievitstraat; Reigerstraat; Ooievaarstraat;
Roodborststraat; Koekoekstraat; Uilenstraat; Valkstraat; Sperwerstraat; Fazantstraat;
Patrijsstraat; Rembrandtstraat; Rembrandtlaan; Vermeerstraat; Frans Halsstraat; Jan Steenstraat;
Van Goghstraat; Vincent van Goghlaan; Mondriaanstraat; Jeroen Boschstraat; Ruysdaelstraat;
Paulus Potterstraat; Vondelstraat; Vondellaan; Bilderdijkstraat; Da Costastraat; Jacob Catsstraat;
P.C. Hooftstraat; Multatulistraat; Gorterstraat; Huygensstraat; Spinozastraat; Erasmusstraat;
Thorbeckestraat; Thorbeckelaan; Troelstrastraat; Schaepmanstraat; Kuyperstraat;
Van Oldenbarneveltstraat; Johan de Wittstraat; De Ruyterstraat; Michiel de Ruyterstraat;
Trompstraat; Piet Heinstraat; Van Speykstraat; Evertsenstraat; Tasmanstraat; Barentszstraat;
Houtmanstraat; Mozartlaan; Beethovenlaan; Bachlaan; Chopinstraat; Schubertstraat; Verdistraat;
Händelstraat; Haydnstraat; Edisonstraat; Marconistraat; Newtonstraat; Einsteinstraat;
Lorentzstraat; Zeemanstraat; Kamerlingh Onnesstraat; Industrieweg; Handelsweg; Ambachtsweg;
Nijverheidsweg; Energieweg; Fabrieksstraat; Havenstraat; Havenweg; Kanaalstraat; Kanaalweg; Kade;
Waterstraat; Brugstraat; Sluisstraat; Dijkstraat; Zeedijk; Singel; Noordsingel; Zuidsingel;
Oostsingel; Westsingel; Noorderstraat; Zuiderstraat; Oosterstraat; Westerstraat; Noordeinde;
Zuideinde; Oosteinde; Westeinde; Torenstraat; Kasteellaan; Burgstraat; Poortstraat; Vestingstraat;
Wallstraat; Tuinstraat; Boomgaard; Weidestraat; Akkerstraat; Hoeve; Boerderijweg; Schaapsdrift;
Korenmolen; Watermolen; Zonnestraat; Maanstraat; Sterrenlaan; Maasstraat; Rijnstraat; Waalstraat;
IJsselstraat; Lekstraat; Scheldestraat; Amstelstraat; Vechtstraat
)";

constexpr std::string_view kStems = R"(
De Molen; De Linde; De Eik; De Hoek; De Toren; De Brug; De Kroon; De Haven; De Vuurtoren;
De Valk; De Zwaan; De Ooievaar; Het Anker; Het Kompas; Het Noorden; Noordzee; Waddenzee;
Zuiderzee; Maasland; Rijnland; Waterland; Kennemerland; Westland; Veluwe; Betuwe; Achterhoek;
Salland; Kempen; Peelland; Polderland; Delta; Oranje; Batavia; Merwede; Amstelhof; Eemland;
Gooiland; Randstad; Euregio
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} & {}
{} & Zonen
Gebroeders {}
)";

constexpr std::string_view kActivities = R"(
Bouw; Aannemers; Installatietechniek; Elektrotechniek; Loodgieters; Dakwerken; Schilderwerken;
Timmerwerken; Metselwerken; Stukadoors; Tegels; Kozijnen; Interieur; Keukens; Meubelen; Vloeren;
Tuinen; Hoveniers; Kwekerij; Bloemen; Bollen; Makelaars; Vastgoed; Architecten; Ingenieurs;
Machinebouw; Metaal; Constructies; Gereedschappen; Elektronica; Automatisering; Software;
Systemen; ICT Diensten; Netwerken; Telecom; Internet; Media; Uitgeverij; Drukkerij; Reclame;
Ontwerp; Advies; Accountants; Administratie; Verzekeringen; Hypotheken; Notarissen; Advocaten;
Uitzendbureau; Opleidingen; Transport; Logistiek; Koeriers; Verhuizingen; Scheepvaart; Jachtbouw;
Visserij; Autobedrijf; Banden; Tweewielers; Taxi; Reizen; Hotels; Horeca; Catering; Bakkerij;
Slagerij; Zuivel; Kaas; Groenten en Fruit; Dranken; Brouwerij; Levensmiddelen; Groothandel;
Import; Export; Kleding; Schoenen; Juwelier; Optiek; Apotheek; Tandartsen; Fysiotherapie; Zorg;
Kinderopvang; Schoonmaak; Beveiliging; Recycling; Energie; Chemie; Kunststoffen; Verpakkingen;
Papier; Textiel; Veevoeders; Loonbedrijf
)";

constexpr std::string_view kForms = R"(
B.V.*74
N.V.*4
V.O.F.*16
Holding B.V.*6
)";

constexpr std::string_view kDepartments = R"(
Directie; Personeelszaken; Boekhouding; Financiën; Juridische Zaken; Inkoop; Verkoop; Marketing;
Communicatie; Productie; Logistiek; Kwaliteit; Onderzoek en Ontwikkeling; Automatisering;
Klantenservice; Onderhoud
)";

constexpr std::string_view kJobs = R"(
Administratief medewerker; Secretaris|Secretaresse; Managementassistent|Managementassistente;
Receptionist|Receptioniste; Boekhouder; Accountant; Controller; Financieel adviseur;
Belastingadviseur; Bankmedewerker; Hypotheekadviseur; Verzekeringsadviseur; Makelaar;
Personeelsadviseur; Recruiter; Directeur|Directrice; Bedrijfsleider; Afdelingshoofd;
Projectleider; Productmanager; Verkoopmanager; Accountmanager; Vertegenwoordiger;
Verkoopmedewerker|Verkoopmedewerkster; Kassamedewerker|Kassamedewerkster; Inkoper;
Marketingmedewerker; Communicatieadviseur; Callcentermedewerker; Softwareontwikkelaar;
Webontwikkelaar; Systeembeheerder; Netwerkbeheerder; Data-analist; Informatieanalist; Tester;
Helpdeskmedewerker; Organisatieadviseur; Civiel ingenieur; Werktuigbouwkundige;
Elektrotechnisch ingenieur; Architect; Bouwkundig tekenaar; Landmeter; Huisarts; Chirurg;
Tandarts; Apotheker; Apothekersassistent|Apothekersassistente; Doktersassistent|Doktersassistente;
Verpleegkundige; Verzorgende; Verloskundige; Ambulanceverpleegkundige;
Fysiotherapeut|Fysiotherapeute; Ergotherapeut|Ergotherapeute; Diëtist|Diëtiste;
Psycholoog|Psychologe; Dierenarts; Maatschappelijk werker|Maatschappelijk werkster;
Leraar basisonderwijs|Lerares basisonderwijs;
Leraar voortgezet onderwijs|Lerares voortgezet onderwijs; Docent|Docente;
Onderwijsassistent|Onderwijsassistente; Pedagogisch medewerker|Pedagogisch medewerkster;
Hoogleraar; Onderzoeker; Bibliothecaris|Bibliothecaresse; Advocaat|Advocate; Notaris; Rechter;
Juridisch medewerker; Politieagent|Politieagente; Brandweerman|Brandweervrouw; Beveiliger;
Ambtenaar; Postbezorger; Metselaar; Timmerman|Timmervrouw; Loodgieter; Elektricien; Schilder;
Stukadoor; Dakdekker; Stratenmaker; Lasser; Automonteur; Onderhoudsmonteur; Machineoperator;
Productiemedewerker|Productiemedewerkster; Magazijnmedewerker|Magazijnmedewerkster;
Heftruckchauffeur; Vrachtwagenchauffeur; Buschauffeur; Taxichauffeur; Treinmachinist; Piloot;
Koerier; Kok; Kelner|Serveerster; Bakker; Slager; Kapper|Kapster;
Schoonheidsspecialist|Schoonheidsspecialiste; Schoonmaker|Schoonmaakster; Conciërge; Boer|Boerin;
Hovenier; Bloemist|Bloemiste; Journalist|Journaliste; Redacteur|Redactrice; Vertaler|Vertaalster;
Grafisch vormgever|Grafisch vormgeefster; Fotograaf|Fotografe; Muzikant|Muzikante; Acteur|Actrice
)";

constexpr std::string_view kWords = R"(
aan aap aardappel aarde acht achter adem alleen allemaal alles als altijd ander antwoord appel
april arm auto avond baan baas bakker bal bang bank bed been beest begin bekend bel belangrijk
berg best betalen beter bezoek bij blauw blij blik bloem boek boer boom boot bord bos boter
boven brengen brief broer brood brug bruin buiten buurman bus daar dag dak dan dansen dat de
deel denken deur deze dicht dier dijk ding dit dochter doen donker doos dorp draad dragen drie
drinken droog droom druk duidelijk duin duizend durven duur echt een eend eenvoudig eerlijk
eerst eeuw ei eigen eiland einde elf elk en eten even fabriek familie feest fiets fijn film
fles fout fris fruit gaan gast gat gebouw gedachte geel geen geheim geld geloven geluid geluk
gemeente genoeg geschiedenis gesprek geven gevoel gewoon gezellig gezicht gezond gisteren glas
goed goud graag gras grens groen groep groot haar haast half hals hand hangen hard hart haven
heel heet helder helpen hem hemel herfst het heuvel hier hoed hoek hond honderd honger hoofd
hoog hoop hoe horen hout huis hulp hun idee ieder iets ijs ik in ja jaar jas jong jongen juist
kaars kaart kaas kamer kans kant kast kat keer kennen kerk keuken kiezen kijken kind klaar
klein klok knie koe koffie kok komen koning koorts kopen koper kort koud kracht krant
kust kwaliteit kwart laag laat lachen lade lamp land lang langs langzaam lastig later leeg
leggen lekker lente lepel leren leven lezen licht lief liggen lijn links lopen los lucht
luisteren maal maan maand maar maken man markt me meer meisje melk mens mes met meter midden
mijn minder minuut misschien moe moeder moeilijk mogelijk molen mond mooi morgen muis munt
muur muziek na naam naar naast nacht nat natuurlijk nee neef nemen net neus niemand niet niets
nieuw nodig noemen nog nooit noord nu nummer ochtend oever ogenblik olie om onder
onderweg ontbijt oog ook oom oor oost op open orde oud ouders over overal paar paard pad pak
pan papier park pen peper plaats plan plank plein plezier poort post potlood praten precies
prijs proberen raam raar raden rand recht regel regen reis rekenen rest richting rijden rijk
rijst ring rivier roepen rok rond rood roos rug rust ruimte sap schaap schaduw scherp schip
schoen school schoon schrijven sleutel slim sluis smaak sneeuw snel soep soms soort spel spelen
spiegel sport spreken staan stad station steen stem ster sterk stil stoel stof storm straat
strand stuk suiker taal tafel tak tand tante tas te tegen tekst telefoon tellen terug thee
thuis tien tijd toen toren touw trap trein trots tuin tulp twaalf twee twijfel uit uur vaak
vader vallen van vandaag varen vast veel veer veilig veld ver verdriet vergeten verhaal verkopen
verliezen vers verschil vertellen vier vijf vinden vinger vis vlag vlees vliegen vloer voelen
voet vogel vol voor voorbeeld vorm vraag vragen vrede vreemd vriend vrij vroeg vrolijk vrouw
vuur waar waarom wachten wagen wandelen wang want warm wat water week weer weg weinig welkom
wens wereld werk west wie wiel wij wijn willen wind winkel winter wit wolk wonen woord worden
zacht zak zand zee zeggen zeil zeker zelf zes zetten zeven ziek zien zilver zin zingen zitten
zo zoeken zoet zomer zon zonder zoon zorg zout zuid zus zwaar zwart zwemmen)";

}  // namespace

constexpr LocaleText kNlNl = {
    .name = "nl_NL",
    .language = "nl",
    .country = "Nederland",
    .country_code = "NL",
    .currency = "EUR",
    .calling_code = "+31",
    .iban_country = "NL",
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 15,
    .family_name_offset = 60,
    .male_titles = "Dhr.*96\nDr.*3\nIr.*1",
    .female_titles = "Mevr.*96\nDr.*3\nIr.*1",
    .sexes = "man vrouw",
    .full_name = "{given_name} {family_name}",
    .places = kPlaces,
    .postal_digits = 4,
    .postal_tails = kEndLetters,
    .postal_pattern = "[1-9][0-9]{3} [A-Z]{2}",
    .streets = kStreets,
    .house_number_max = 250,
    .mobile_heads = "06",
    .postal_code = "{postal_head} {postal_tail}",
    .street = "{street} {number}",
    .state = "{region}",
    .address = "{street_line}, {postal_code} {city}",
    .phone = "{phone_head}{200000..899999}",
    .mobile = "{mobile_head}-{10000000..59999999}",
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
