// Names, places and words of Italy. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
Giuseppe Antonio Giovanni Francesco Mario Luigi Andrea Marco Roberto Salvatore Alessandro
Angelo Vincenzo Stefano Paolo Carlo Pietro Franco Luca Domenico Bruno Davide Lorenzo
Claudio Massimo Matteo Maurizio Giorgio Fabio Simone Giancarlo Michele Daniele Alberto
Riccardo Gianluca Sergio Fabrizio Enrico Pasquale Nicola Mauro Federico Gabriele Giulio
Gennaro Raffaele Filippo Leonardo Tommaso Edoardo Emanuele Diego Mattia Samuele Cristian
Christian Alessio Valerio Vittorio Renato Aldo Silvio Gianni Umberto Guido Luciano Sandro
Gino Carmine Rocco Ciro Cosimo Rosario Gaetano Sebastiano Calogero Agostino Alfredo Alfonso
Armando Arturo Augusto Benito Cesare Corrado Dario Dino Donato Egidio Elio Emilio Enzo
Ernesto Eugenio Ezio Felice Ferdinando Fausto Flavio Gerardo Germano Gianfranco Gianmarco
Gianpaolo Giacomo Gioele Girolamo Guglielmo Ignazio Igor Italo Ivan Ivano Jacopo Kevin
Lino Livio Loris Lucio Manuel Marcello Mariano Martino Massimiliano Maximilian Mirko
Nazzareno Nello Nicolò Nino Omar Oreste Orlando Oscar Osvaldo Ottavio Patrizio Piero
Pierluigi Pierpaolo Pino Primo Remo Rinaldo Rodolfo Romano Romeo Ruggero Santo Saverio
Settimio Silvano Teodoro Tiziano Tullio Ugo Valentino Vito Walter William Adriano Attilio
Achille Amedeo Bartolomeo Basilio Biagio Brando Cristiano Elia Ettore Fabiano Francesco_Pio
Giordano Giosuè Ludovico Manlio Nathan Noah Thomas Liam Enea Michelangelo Raimondo Mohamed
Ahmed Adam Youssef)";

constexpr std::string_view kFemaleNames = R"(
Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Paola
Laura Antonietta Elena Daniela Silvia Patrizia Chiara Federica Barbara Sara Giulia Valentina
Alessandra Roberta Simona Elisa Cristina Monica Stefania Martina Ilaria Sofia Aurora Alice
Ginevra Emma Giorgia Beatrice Greta Vittoria Matilde Gaia Camilla Arianna Eleonora Noemi
Viola Bianca Ludovica Alessia Claudia Manuela Michela Marina Serena Eva Margherita
Rita Luisa Antonella Carla Grazia Rosaria Concetta Immacolata Filomena Assunta Carmen
Domenica Franca Gabriella Giuliana Graziella Ida Irene Isabella Ivana Lina Liliana Loredana
Lorena Luciana Maddalena Marta Mariangela Marisa Marilena Mirella Nadia Nicoletta Norma
Olga Ornella Pierina Raffaella Rosalia Rosanna Rossella Sabrina Sandra Santina Silvana
Sonia Susanna Tiziana Vanessa Veronica Vincenza Viviana Wanda Ada Adele Adriana Agata
Agnese Alba Alda Amalia Amelia Anita Annalisa Annamaria Annunziata Antonia Asia Azzurra
Benedetta Bruna Brunella Carlotta Carolina Cecilia Celeste Cinzia Clara Clelia Cosima
Debora Denise Diana Diletta Dina Donatella Dora Edda Elda Elide Elsa Emanuela Emilia Enrica
Ester Eugenia Evelina Fabiana Fabrizia Fatima Fernanda Fiorella Flavia Flora Fulvia
Gemma Giada Gianna Gilda Gina Gisella Ines Iolanda Iris Isabel Italia Jessica Katia
Lara Leonilda Letizia Lidia Linda Livia Luana Lucrezia Marcella Mariagrazia Marianna
Maristella Melissa Mia Milena Miriam
Morena Natalia Nina Nives Nunzia Oriana Palmira Piera Pina Rachele Rebecca Renata Romina
Samantha Samira Sabina Tamara Tea Tecla Valeria Virginia Vilma Zoe Elvira Erica Erminia)";

constexpr std::string_view kFamilyNames = R"(
Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti
De_Luca Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani
Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra
Coppola De_Santis D'Angelo Marchetti Parisi Villa Conte Ferraro Ferri Fabbri Bianco Marini
Grasso Valentini Messina Sala De_Angelis Gatti Pellegrini Palumbo Sanna Farina Rizzi
Monti Cattaneo Morelli Amato Silvestri Mazza Testa Grassi Pellegrino Carbone Giuliani
Benedetti Barone Rossetti Caputo Montanari Guerra Palmieri Bernardi Martino Fiore De_Rosa
Ferretti Bellini Basile Riva Donati Piras Vitali Battaglia Sartori Neri Costantini Milani
Pagano Ruggiero Sorrentino D'Amico Orlando D'Alessio Negri Mantovani Bruni Ferraris Rota
Castelli Pace Negro Fumagalli Piazza Guidi Marchi Parodi Zanella Bassi Orlandi Albanese
Villani Venturi Bianchini Marra Morandi Grimaldi Franco Catalano Gallina Pozzi Rocca
Spinelli Ferrero Napolitano Poli Bernini Antonelli Baldi Barbato Barbero Bartoli Belli
Beretta Berti Bertolini Biondi Boni Bonetti Borghi Brambilla Brunetti Calabrese Cappelli
Carboni Carli Carta Casagrande Castellani Ceccarelli Cecchini Cerutti Ciccone Cirillo Colella
Corsi Cosentino Crippa Cristiani D'Agostino D'Alessandro D'Ambrosio Dal_Pozzo De_Simone
De_Marco De_Vita De_Carlo Di_Lorenzo Di_Stefano Di_Pietro Di_Marco Di_Giovanni Di_Martino
Di_Maio Di_Carlo Di_Francesco Di_Benedetto Fadda Falcone Fantini Fava Federici Ferrante
Filippi Fiorentino Floris Forte Franceschini Franchi Frigerio Fusco Gagliardi Garofalo
Genovese Ghezzi Giorgi Giuffrida Giusti Gori Granata Graziani Guarino Guerrieri Innocenti
Landi Lanza Leonardi Lepore Liguori Lodi Lorusso Lucchini Luciani Maggi Magnani Mainardi
Manca Manfredi Manzoni Marchesi Marchese Marconi Maresca Marrone Martelli Massa Mauri Mazzoni
Melis Mele Meloni Merlo Micheli Miceli Migliore Molinari Monaco Moro Motta Mura Nardi
Natale Nicoletti Nobile Olivieri Pagani Palermo Palma Pavan Pepe Perrone Perini Pesce Petrini
Piccolo Pinna Pini Pirovano Pisano Porcu Proietti Puglisi Quaranta Raimondi Rapisarda Re
Rinaldini Riccardi Righi Rosa Rosati Rosso Sabatini Salerno Salvi Santini Santi Sassi Scala
Schiavone Sessa Silvestrini Simonetti Sironi Sorrenti Spina Stefani Tedesco Tomasi Tosi
Trevisan Turco Usai Vaccaro Valente Valenti Ventura Venturini Verdi Viola Visconti Vita
Volpe Zanetti Zanini Zito Zucca)";

// Postal codes: a range of the municipality's own. Phones: the digits of the district; Italy keeps
// no numbers for films. Inhabitants in thousands.
constexpr std::string_view kPlaces = R"(
#Torino|TO|011
Torino|10121-10156|847
Moncalieri|10024|56
#Vercelli|VC|0161
Vercelli|13100|45
#Biella|BI|015
Biella|13900|43
#Novara|NO|0321
Novara|28100|102
#Cuneo|CN|0171
Cuneo|12100|56
#Asti|AT|0141
Asti|14100|74
#Alessandria|AL|0131
Alessandria|15121-15122|92
#Aosta|AO|0165
Aosta|11100|33
#Genova|GE|010
Genova|16121-16167|562
#Savona|SV|019
Savona|17100|59
#Imperia|IM|0183
Imperia|18100|42
#La Spezia|SP|0187
La Spezia|19121-19126|93
#Milano|MI|02
Milano|20121-20162|1371
Sesto San Giovanni|20099|79
Cinisello Balsamo|20092|74
Rho|20017|51
#Monza e della Brianza|MB|039
Monza|20900|123
#Bergamo|BG|035
Bergamo|24121-24129|120
#Brescia|BS|030
Brescia|25121-25136|197
#Como|CO|031
Como|22100|84
#Lecco|LC|0341
Lecco|23900|47
#Varese|VA|0332
Varese|21100|79
#Cremona|CR|0372
Cremona|26100|71
#Mantova|MN|0376
Mantova|46100|49
#Pavia|PV|0382
Pavia|27100|71
#Lodi|LO|0371
Lodi|26900|45
#Sondrio|SO|0342
Sondrio|23100|21
#Bolzano|BZ|0471
Bolzano|39100|107
#Trento|TN|0461
Trento|38121-38123|118
#Venezia|VE|041
Venezia|30121-30176|251
#Verona|VR|045
Verona|37121-37142|256
#Padova|PD|049
Padova|35121-35143|207
#Vicenza|VI|0444
Vicenza|36100|111
#Treviso|TV|0422
Treviso|31100|85
#Rovigo|RO|0425
Rovigo|45100|50
#Belluno|BL|0437
Belluno|32100|35
#Trieste|TS|040
Trieste|34121-34151|199
#Udine|UD|0432
Udine|33100|98
#Gorizia|GO|0481
Gorizia|34170|34
#Pordenone|PN|0434
Pordenone|33170|52
#Bologna|BO|051
Bologna|40121-40141|390
Imola|40026|70|0542
#Modena|MO|059
Modena|41121-41126|184
Carpi|41012|72
#Parma|PR|0521
Parma|43121-43126|196
#Reggio nell'Emilia|RE|0522
Reggio Emilia|42121-42124|170
#Ravenna|RA|0544
Ravenna|48121-48125|156
#Ferrara|FE|0532
Ferrara|44121-44124|130
#Forlì-Cesena|FC|0543
Forlì|47121-47122|117
Cesena|47521-47522|96|0547
#Rimini|RN|0541
Rimini|47921-47924|150
#Piacenza|PC|0523
Piacenza|29121-29122|103
#Firenze|FI|055
Firenze|50121-50145|361
Scandicci|50018|50
#Prato|PO|0574
Prato|59100|195
#Livorno|LI|0586
Livorno|57121-57128|153
#Pisa|PI|050
Pisa|56121-56128|89
#Lucca|LU|0583
Lucca|55100|89
Viareggio|55049|60|0584
#Pistoia|PT|0573
Pistoia|51100|89
#Arezzo|AR|0575
Arezzo|52100|96
#Siena|SI|0577
Siena|53100|53
#Grosseto|GR|0564
Grosseto|58100|81
#Massa-Carrara|MS|0585
Massa|54100|66
Carrara|54033|60
#Perugia|PG|075
Perugia|06121-06135|162
Foligno|06034|55|0742
#Terni|TR|0744
Terni|05100|106
#Ancona|AN|071
Ancona|60121-60131|98
#Pesaro e Urbino|PU|0721
Pesaro|61121-61122|95
#Macerata|MC|0733
Macerata|62100|40
#Ascoli Piceno|AP|0736
Ascoli Piceno|63100|46
#Roma|RM|06
Roma|00118-00199|2748
Fiumicino|00054|82
#Latina|LT|0773
Latina|04100|127
#Viterbo|VT|0761
Viterbo|01100|66
#Frosinone|FR|0775
Frosinone|03100|43
#Rieti|RI|0746
Rieti|02100|45
#L'Aquila|AQ|0862
L'Aquila|67100|70
#Pescara|PE|085
Pescara|65121-65129|118
#Chieti|CH|0871
Chieti|66100|49
#Teramo|TE|0861
Teramo|64100|52
#Campobasso|CB|0874
Campobasso|86100|47
#Napoli|NA|081
Napoli|80121-80147|913
Giugliano in Campania|80014|124
Torre del Greco|80059|80
Pozzuoli|80078|76
Casoria|80026|74
#Salerno|SA|089
Salerno|84121-84135|127
#Caserta|CE|0823
Caserta|81100|73
#Benevento|BN|0824
Benevento|82100|56
#Avellino|AV|0825
Avellino|83100|52
#Bari|BA|080
Bari|70121-70132|316
Altamura|70022|70
#Barletta-Andria-Trani|BT|0883
Andria|76123|97
Barletta|76121|92
Trani|76125|55
#Foggia|FG|0881
Foggia|71121-71122|146
#Taranto|TA|099
Taranto|74121-74123|188
#Lecce|LE|0832
Lecce|73100|94
#Brindisi|BR|0831
Brindisi|72100|82
#Potenza|PZ|0971
Potenza|85100|64
#Matera|MT|0835
Matera|75100|60
#Cosenza|CS|0984
Cosenza|87100|63
#Catanzaro|CZ|0961
Catanzaro|88100|84
#Reggio Calabria|RC|0965
Reggio Calabria|89121-89135|169
#Crotone|KR|0962
Crotone|88900|58
#Palermo|PA|091
Palermo|90121-90151|630
Bagheria|90011|53
#Catania|CT|095
Catania|95121-95131|298
Acireale|95024|51
#Messina|ME|090
Messina|98121-98168|218
#Siracusa|SR|0931
Siracusa|96100|116
#Ragusa|RG|0932
Ragusa|97100|73
#Agrigento|AG|0922
Agrigento|92100|55
#Trapani|TP|0923
Trapani|91100|55
Marsala|91025|80
#Caltanissetta|CL|0934
Caltanissetta|93100|58
Gela|93012|71|0933
#Cagliari|CA|070
Cagliari|09121-09134|147
Quartu Sant'Elena|09045|68
#Sassari|SS|079
Sassari|07100|121
Olbia|07026|61|0789
#Nuoro|NU|0784
Nuoro|08100|34
)";

constexpr std::string_view kStreets = R"(
Via Roma; Via Giuseppe Garibaldi; Via Guglielmo Marconi; Via Giuseppe Mazzini;
Via Dante Alighieri; Via Camillo Benso di Cavour; Via Giacomo Matteotti; Via Giuseppe Verdi;
Via Alessandro Manzoni; Via Antonio Gramsci; Via Vittorio Veneto; Via Trieste; Via Trento;
Via Aldo Moro; Via Alcide De Gasperi; Via Giovanni Pascoli; Via Giosuè Carducci;
Via Giacomo Leopardi; Via Alessandro Volta; Via Galileo Galilei; Via Leonardo da Vinci;
Via Michelangelo Buonarroti; Via Raffaello Sanzio; Via Cristoforo Colombo; Via Marco Polo;
Via Amerigo Vespucci; Via Enrico Fermi; Via Luigi Galvani; Via Gioacchino Rossini;
Via Giacomo Puccini; Via Vincenzo Bellini; Via Gaetano Donizetti; Via Antonio Vivaldi;
Via Arturo Toscanini; Via Ugo Foscolo; Via Torquato Tasso; Via Ludovico Ariosto;
Via Francesco Petrarca; Via Giovanni Boccaccio; Via Vittorio Alfieri; Via Carlo Goldoni;
Via Giuseppe Parini; Via Luigi Pirandello; Via Grazia Deledda; Via Gabriele D'Annunzio;
Via Cesare Battisti; Via Nazario Sauro; Via Enrico Toti; Via Francesco Crispi;
Via Goffredo Mameli; Via Giovanni Amendola; Via Fratelli Cervi; Via Fratelli Bandiera;
Via Fratelli Rosselli; Via Don Giovanni Minzoni; Via Don Luigi Sturzo; Via Don Bosco;
Via Giovanni XXIII; Via Papa Giovanni XXIII; Via Madre Teresa di Calcutta; Via Martin Luther King;
Via John Fitzgerald Kennedy; Via Salvo D'Acquisto; Via Carlo Alberto Dalla Chiesa;
Via Giovanni Falcone; Via Paolo Borsellino; Via Sandro Pertini; Via Enrico Berlinguer;
Via Palmiro Togliatti; Via Pietro Nenni; Via IV Novembre; Via XXV Aprile; Via XX Settembre;
Via Primo Maggio; Via 2 Giugno; Via della Repubblica; Via della Libertà; Via della Resistenza;
Via della Pace; Via della Costituzione; Via dei Mille; Via dell'Industria; Via dell'Artigianato;
Via del Lavoro; Via del Commercio; Via dei Tigli; Via dei Pini; Via dei Platani; Via dei Gelsi;
Via degli Olmi; Via degli Ulivi; Via delle Querce; Via delle Acacie; Via delle Rose;
Via delle Viole; Via dei Gerani; Via delle Mimose; Via dei Ciclamini; Via degli Oleandri;
Via delle Ginestre; Via dei Mandorli; Via dei Ciliegi; Via delle Betulle; Via del Bosco;
Via dei Prati; Via dei Campi; Via delle Vigne; Via della Fontana; Via Fontana; Via della Chiesa;
Via Chiesa; Via della Stazione; Via Stazione; Via del Mulino; Via del Ponte; Via del Pozzo;
Via del Castello; Via Castello; Via della Torre; Via della Rocca; Via delle Mura; Via del Mercato;
Via della Posta; Via delle Scuole; Via dell'Ospedale; Via del Teatro; Via della Croce;
Via della Costa; Via della Valle; Via del Colle; Via Monte Grappa; Via Monte Bianco;
Via Monte Rosa; Via Piave; Via Isonzo; Via Po; Via Adige; Via Tevere; Via Arno; Via Ticino;
Via Milano; Via Torino; Via Genova; Via Venezia; Via Bologna; Via Firenze; Via Napoli;
Via Palermo; Via Bari; Via Sicilia; Via Sardegna; Via Toscana; Via Umbria; Via Lombardia;
Via Piemonte; Via Veneto; Via Liguria; Via Puglia; Via San Francesco; Via San Giovanni;
Via San Giuseppe; Via San Martino; Via San Michele; Via San Pietro; Via San Rocco;
Via Sant'Antonio; Via San Lorenzo; Via San Marco; Via Santa Maria; Via Santa Lucia;
Via Santa Caterina; Via Santa Croce; Via San Carlo; Corso Garibaldi; Corso Italia; Corso Roma;
Corso Umberto I; Corso Vittorio Emanuele II; Corso Matteotti; Corso della Repubblica;
Corso Europa; Viale Europa; Viale Italia; Viale della Repubblica; Viale Kennedy; Viale dei Tigli;
Viale della Stazione; Viale Rimembranze; Viale Marconi; Viale Trieste; Piazza Garibaldi;
Piazza della Repubblica; Piazza Roma; Piazza San Marco; Piazza Dante; Piazza Matteotti;
Piazza Mazzini; Piazza della Libertà; Piazza del Popolo; Piazza Vittorio Emanuele II;
Piazza Cavour; Piazza Duomo; Vicolo Stretto; Vicolo del Forno; Strada Provinciale;
Contrada Piana
)";

constexpr std::string_view kStems = R"(
Adriatica; Alpina; Ambrosiana; Appennino; Aquila; Arno; Aurora; Azzurra; Belvedere; Bella Italia;
Centro Italia; Colosseo; Dolomiti; Edera; Emiliana; Eolo; Etna; Etrusca; Fenice; Galassia; Giada;
Girasole; Italica; Laguna; Leonardo; Libeccio; Ligure; Lombarda; Maestrale; Mediterranea; Minerva;
Nuova Europa; Olimpia; Orizzonte; Padana; Partenope; Pegaso; Punto Verde; Quercia; Riviera;
Romagnola; San Marco; San Giorgio; Sicula; Sirio; Stella Alpina; Tirreno; Toscana; Tre Torri;
Vesuvio
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} & {}
{} & Figli
Fratelli {}
)";

constexpr std::string_view kActivities = R"(
Costruzioni; Edilizia; Impianti; Elettroimpianti; Termoidraulica; Climatizzazione; Serramenti;
Infissi; Carpenteria; Falegnameria; Arredamenti; Mobili; Cucine; Ceramiche; Marmi; Vetreria;
Verniciature; Tinteggiature; Ristrutturazioni; Immobiliare; Amministrazioni; Progetti; Meccanica;
Officine; Torneria; Stampi; Utensili; Automazioni; Elettronica; Strumenti; Acciai; Metalli;
Fonderia; Plastica; Gomma; Imballaggi; Cartotecnica; Grafica; Tipografia; Editrice; Comunicazione;
Pubblicità; Informatica; Software; Sistemi; Telecomunicazioni; Consulenze; Servizi; Assicurazioni;
Formazione; Autotrasporti; Logistica; Spedizioni; Traslochi; Autonoleggi; Viaggi; Automobili;
Carrozzeria; Gomme; Ricambi; Carburanti; Energia; Ecologia; Ambiente; Agricola; Vivai; Giardini;
Macchine Agricole; Vini; Oleificio; Caseificio; Salumi; Pastificio; Panificio; Dolciaria;
Torrefazione; Alimentari; Ortofrutta; Carni; Surgelati; Bevande; Ristorazione; Alberghi; Tessuti;
Confezioni; Maglieria; Calzature; Pelletterie; Gioielli; Ottica; Farmaceutici; Sanitaria; Pulizie;
Vigilanza; Distribuzione
)";

constexpr std::string_view kForms = R"(
S.r.l.*66
S.p.A.*12
S.n.c.*11
S.a.s.*8
S.r.l.s.*3
)";

constexpr std::string_view kDepartments = R"(
Direzione generale; Risorse umane; Contabilità; Finanza; Ufficio legale; Acquisti; Vendite;
Marketing; Comunicazione; Produzione; Logistica; Qualità; Ricerca e sviluppo; Sistemi informativi;
Assistenza clienti; Manutenzione
)";

constexpr std::string_view kJobs = R"(
Impiegato amministrativo|Impiegata amministrativa; Segretario|Segretaria; Contabile;
Ragioniere|Ragioniera; Commercialista; Revisore dei conti|Revisora dei conti;
Analista finanziario|Analista finanziaria; Consulente del lavoro;
Consulente finanziario|Consulente finanziaria;
Addetto alle risorse umane|Addetta alle risorse umane; Direttore generale|Direttrice generale;
Direttore commerciale|Direttrice commerciale; Direttore finanziario|Direttrice finanziaria;
Responsabile di produzione; Responsabile acquisti; Responsabile marketing; Responsabile vendite;
Capo progetto; Commesso|Commessa; Cassiere|Cassiera; Agente di commercio; Agente immobiliare;
Agente assicurativo|Agente assicurativa; Bancario|Bancaria;
Operatore di call center|Operatrice di call center; Programmatore|Programmatrice;
Sviluppatore software|Sviluppatrice software; Sistemista; Analista dati;
Consulente informatico|Consulente informatica; Ingegnere civile;
Ingegnere meccanico|Ingegnera meccanica; Ingegnere gestionale;
Ingegnere elettronico|Ingegnera elettronica; Architetto|Architetta; Geometra;
Perito industriale|Perita industriale; Disegnatore tecnico|Disegnatrice tecnica; Medico;
Medico di base; Chirurgo|Chirurga; Pediatra; Dentista; Farmacista; Infermiere|Infermiera;
Operatore socio-sanitario|Operatrice socio-sanitaria; Ostetrico|Ostetrica; Fisioterapista;
Psicologo|Psicologa; Veterinario|Veterinaria; Assistente sociale; Badante; Maestro|Maestra;
Insegnante; Professore|Professoressa; Docente universitario|Docente universitaria;
Ricercatore|Ricercatrice; Educatore|Educatrice; Bibliotecario|Bibliotecaria; Avvocato|Avvocata;
Notaio|Notaia; Magistrato|Magistrata; Carabiniere; Poliziotto|Poliziotta; Vigile del fuoco;
Guardia giurata; Dipendente pubblico|Dipendente pubblica; Postino|Postina; Muratore|Muratrice;
Idraulico|Idraulica; Elettricista; Falegname; Imbianchino|Imbianchina; Saldatore|Saldatrice;
Meccanico|Meccanica; Tornitore|Tornitrice; Operaio|Operaia; Magazziniere|Magazziniera;
Carrellista; Autista; Camionista; Tassista; Corriere; Cuoco|Cuoca; Pizzaiolo|Pizzaiola;
Cameriere|Cameriera; Barista; Receptionist; Panettiere|Panettiera; Macellaio|Macellaia;
Pasticciere|Pasticciera; Parrucchiere|Parrucchiera; Estetista;
Addetto alle pulizie|Addetta alle pulizie; Agricoltore|Agricoltrice; Viticoltore|Viticoltrice;
Giardiniere|Giardiniera; Fiorista; Giornalista; Traduttore|Traduttrice; Grafico|Grafica;
Fotografo|Fotografa; Musicista; Attore|Attrice; Guida turistica
)";

constexpr std::string_view kWords = R"(
a abito acqua aereo albero alcuno allora alto altro amare amico amore anche ancora andare
angolo anima animale anno antico aprile aprire arancia aria arrivare arte ascoltare aspettare
autunno avanti avere azzurro bambino banca barca basso bastare bello bene bere bianco bicchiere
biglietto bisogno bocca bosco bottiglia braccio bravo breve buono cadere caffè caldo calma
cambiare camera camminare campagna campo cane cantare canzone capelli capire carne caro carta
casa causa cavallo cena cento centro cercare certo che chi chiamare chiaro chiave chiedere
chiesa chiudere cibo cielo cinque città classe colazione colore come cominciare compagno
comprare comune con conoscere consiglio contento conto contro coraggio corpo correre corsa corto
cosa così costa costruire credere crescere cucina cuore cura da dare davanti decidere dente
dentro desiderio destra di dicembre dietro difficile dire diritto diverso diventare dolce
dolore domanda domani domenica donna dopo dormire dove dovere dritto due durante duro e ecco
edificio entrare erba errore esempio esistere essere est estate età evitare fa facile fame
famiglia famoso fare farina fatto febbraio felice ferro festa fetta fiducia figlia figlio fila
filo fine finestra finire fino fiore fiume foglia fondo fontana forma formaggio forno forse
forte fortuna foto fra fragola fratello freddo frutta fuoco fuori futuro gamba gatto gelato
gennaio gente gentile giallo giardino gioco gioia giornale giorno giovane giro giugno giusto
godere gola grande grazie grigio gruppo guardare guerra idea ieri imparare importante incontro
insieme intero inverno io isola lago lampada largo lasciare latte lato lavare lavoro leggere
leggero legno lento lettera letto libero libro lieto limone linea lingua lontano luce luglio
luna lunedì lungo luogo ma macchina madre maestro maggio mai male mamma mandare mangiare mano
mare marito marzo mattina medico meglio mela memoria meno mente mercato mese metà mettere
mezzo mezzogiorno miele minuto mio mondo montagna morbido mostrare muovere muro musica nascere
naso natura nave nebbia negozio nero nessuno neve niente noi nome non nonna nonno nord nostro
notizia notte nove novembre nulla numero nuotare nuovo nuvola occhio odore oggi ogni olio
ombra opera ora ordine orecchio oro orologio ospedale ottobre pace padre paese pagare pagina
palazzo pane parco parlare parola parte partire passare passo pasta paura pelle penna pensare
per perché perdere persona pesce pezzo piacere piano pianta piatto piazza piccolo piede pieno
pietra pioggia più poco poi ponte popolo porta portare porto posto potere povero pranzo prato
prendere preparare presto prezzo prima primavera problema pronto proprio prova pulito punto
quaderno quale quando quanto quarto quattro quello questo qui raccontare ragazza ragazzo ragione
regalo restare ricco ricordo ridere riposo riso rispondere ritorno riva rosa rosso rotto rumore
sabato sabbia sale salire salute sangue sapere sapone scala scarpa scegliere scendere schiena
scrivere scuola scuro se secco secondo sedia sei semplice sempre sentire sera sereno settanta
sette settembre settimana sì sicuro silenzio simile sinistra sogno soldi sole solo sonno sopra
sorella sorriso sotto spalla spazio specchio sperare spesso spiaggia stagione stanco stanza stare
stasera stazione stella stesso storia strada stretto studiare su subito successo sud suonare suo
tanto tardi tavolo tazza teatro tempo tenere terra testa tetto tirare toccare tornare torre torta
tra tranquillo tre treno triste troppo trovare tu tutto uccello ultimo umano un uomo uovo usare
uscire uva vacanza valle vecchio vedere vela veloce vendere venerdì venire vento verde verità
vero verso vestito via viaggio vicino vino viso vita vivere voce volere volta vuoto zero zia zio
zucchero zuppa)";

}  // namespace

constexpr LocaleText kItIt = {
    .name = "it_IT",
    .language = "it",
    .country = "Italia",
    .country_code = "IT",
    .currency = "EUR",
    .calling_code = "+39",
    .iban_country = "IT",
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 15,
    .family_name_offset = 80,
    .male_titles = "Sig.*80\nDott.*13\nIng.*3\nAvv.*2\nProf.*2",
    .female_titles = "Sig.ra*82\nDott.ssa*13\nIng.*1\nAvv.*2\nProf.ssa*2",
    .sexes = "maschio femmina",
    .full_name = "{given_name} {family_name}",
    .places = kPlaces,
    .postal_digits = 5,
    .postal_pattern = "[0-9]{5}",
    .streets = kStreets,
    .house_number_max = 180,
    .mobile_heads =
        "320,328,329,331,333,335,338,339,340,342,345,347,348,349,351,366,380,388,391,392",
    .postal_code = "{postal_head}",
    .street = "{street}, {number}",
    .state = "{region_code}",
    .address = "{street_line}, {postal_code} {city} ({region_code})",
    .phone = "{phone_head} {200000..899999}",
    .mobile = "{mobile_head} #######",
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
