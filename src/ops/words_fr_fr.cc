// Names, places and words of France. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
Jean Pierre Michel Philippe Alain Nicolas Christophe Patrick Daniel Laurent Thomas Frédéric
Stéphane Julien Pascal Thierry Éric David Sébastien Olivier Bernard Christian Dominique
Alexandre François Guillaume Vincent Jérôme Bruno Antoine Maxime Gérard Didier Jacques
Kevin Romain Lucas Marc Hugo Serge Franck Mathieu Gilles Arnaud Anthony Quentin Claude
Xavier Benjamin Cédric Fabrice Hervé Benoît Paul Louis Gabriel Léo Raphaël Arthur Jules
Adam Nathan Théo Clément Florian Alexis Valentin Jérémy Cyril Ludovic Emmanuel Sylvain
Yves André René Robert Roger Henri Georges Marcel Maurice Raymond Denis Joël Guy Hubert
Roland Gilbert Régis Rémi Damien Adrien Simon Mickaël Yann Fabien Grégory Loïc Gaël
Matthieu Samuel Victor Baptiste Enzo Mathis Tom Noah Liam Ethan Sacha Gabin Aaron Maël
Timéo Nolan Eliott Marius Robin Axel Rayan Martin Oscar Augustin Gaspard Malo Naël Basile
Charles Joseph Albert Lucien Fernand Émile Eugène Léon Edmond Gaston Auguste Édouard
Étienne Jean-Pierre Jean-Claude Jean-Paul Jean-François Jean-Luc Jean-Marc Jean-Michel
Jean-Louis Jean-Jacques Jean-Baptiste Pierre-Yves Marc-Antoine Tristan Corentin Dylan
Jordan Killian Erwan Thibault Thibaut Aurélien Jonathan Johan Steven Bastien Dorian Félix
Mohamed Mehdi Karim Rachid Ahmed Youssef Ali Ibrahim Amine Bilal Samir Nabil Farid Omar
Mamadou Amadou Moussa Abdelkader Ilyès Ismaël Elias Isaac Noé Côme Achille Anatole
Ambroise Armand Aymeric Charly Constant Cyprien Donatien Fabrizio Francis Frédérik Gautier
Geoffrey Gaëtan Grégoire Gustave Jean-Christophe Jean-Philippe Lilian Lionel Luc Ludwig
Marin Maxence Norbert Octave Pablo Paulin Rodolphe Rodrigue Romuald Sofiane Sylvestre
Tanguy Téo Tony Ulysse Valère Virgile William Wilfried Yanis Yohan Yvan Zacharie)";

constexpr std::string_view kFemaleNames = R"(
Marie Nathalie Isabelle Sylvie Catherine Martine Françoise Christine Valérie Sandrine
Véronique Nicole Stéphanie Céline Julie Sophie Monique Anne Aurélie Camille Émilie Laura
Laetitia Virginie Élodie Sarah Audrey Caroline Patricia Brigitte Jacqueline Chantal
Florence Corinne Delphine Pauline Marine Léa Manon Chloé Emma Jade Louise Alice Lina Inès
Léna Anna Rose Ambre Julia Mila Agathe Juliette Zoé Lola Romane Jeanne Éva Clara Charlotte
Mathilde Lucie Océane Anaïs Justine Mélanie Marion Amandine Jessica Jennifer Vanessa Claire
Hélène Élisabeth Anne-Marie Marie-Christine Marie-Claude Marie-France Marie-Thérèse
Marie-Pierre Marie-Laure Marie-Hélène Annie Michèle Danielle Josiane Denise Colette
Jeannine Ginette Simone Yvette Odette Paulette Andrée Germaine Suzanne Madeleine
Marguerite Yvonne Geneviève Thérèse Bernadette Évelyne Joëlle Mireille Muriel Pascale
Carole Agnès Laurence Béatrice Cécile Karine Nadine Nadia Fabienne Gaëlle Magali Estelle
Aline Angélique Christelle Séverine Ludivine Mélissa Morgane Noémie Margaux Coralie Ophélie
Alexandra Alexia Gabrielle Éléonore Victoria Valentine Clémence Clémentine Constance
Capucine Apolline Adèle Salomé Maëlys Lilou Louane Elsa Lisa Nina Maya Yasmine Fatima
Aïcha Khadija Samira Leïla Nora Malika Aminata Fatoumata Sofia Assia Inaya Aya Giulia
Romy Iris Olivia Mia Alma Victoire Margot Lou Anouk Élise
Ariane Armelle Astrid Aude Axelle Barbara Bénédicte Blandine Carine Célia Clotilde Daphné
Diane Dorothée Édith Emmanuelle Ève Fanny Flavie Flore Frédérique Gisèle Gwenaëlle Héloïse
Henriette Hortense Ingrid Irène Janine Jocelyne Judith Katia Laure Léonie Liliane Line
Lise Lorraine Lucienne Lydie Maïwenn Maryse Maud Mégane Micheline Mylène Myriam Nelly
Ninon Noélie Odile Pénélope Perrine Raymonde Régine Renée Rolande Sabrina Solange Solène
Sylviane Tiphaine Violette Viviane Yolande)";

constexpr std::string_view kFamilyNames = R"(
Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel
Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine
Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier
François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu
Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun
Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche
Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas
Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq
Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin
Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier
Marty Aubry Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly
Hervé Schneider Fernandez Le_Gall Collet Léger Bouvier Julien Prévost Millet Perrot Daniel
Le_Roux Cousin Germain Breton Besson Langlois Rémy Le_Goff Pelletier Lévêque Perrier
Leblanc Barré Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez
Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin Chauvin Da_Silva Bouchet
Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier
Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte Gros Buisson Ferreira Pereira
Bourdon Camus Albert Ollivier Didier Marion Coulon Prigent Delmas Millot Besnard Briand
Allard Jacques Rousset Texier Maury Hamel Bodin Vallée Leconte Cohen Drouet Blin Chauveau
Marin Raynaud Toussaint Ribeiro Auger Launay Verdier Lopes Charrier Gomez Alves Martins
Lebon Tanguy Seguin Gonzalez Gonçalves Rossi Colas Leduc Jourdan Bazin Regnier Devaux
Bousquet Pons Teixeira Costa Delattre Mahé Pineau Delorme Diallo Traoré Navarro Maurin
Lacombe Vaillant Barbe Dos_Santos Blot Guillet Lenoir Lesage Fischer Parent Baudry
Chartier Fernandes Legros Poncet Duhamel Peltier Merle Lacoste Bonneau Clerc Ferrand Prat
Rodrigues Benali Hernandez Sauvage Bigot Cornu Valentin Allain Vallet Ferry Imbert Benard
Schmidt Gaudin Godard Guibert Mas Coste Pascal Morvan Nguyen Bruneau Grenier Duclos Jolly
Hardy Couturier Favre Riou Pruvost Ferrer Comte Le_Corre Combes Wagner Lebreton Dias Besse)";

// Communes with the ranges of postal codes they have for streets; phones: the numbers that the
// regulator keeps for films, by the five zones. Inhabitants in thousands.
constexpr std::string_view kPlaces = R"(
#Paris|75|01 99 00
Paris|75001-75020|2133
#Seine-et-Marne|77|01 99 00
Meaux|77100|56
Chelles|77500|54
Melun|77000|42
#Yvelines|78|01 99 00
Versailles|78000|84
Sartrouville|78500|52
Mantes-la-Jolie|78200|44
Saint-Germain-en-Laye|78100|45
#Essonne|91|01 99 00
Évry-Courcouronnes|91000|67
Massy|91300|51
Savigny-sur-Orge|91600|36
#Hauts-de-Seine|92|01 99 00
Boulogne-Billancourt|92100|120
Nanterre|92000|96
Asnières-sur-Seine|92600|87
Colombes|92700|90
Courbevoie|92400|82
Rueil-Malmaison|92500|82
Issy-les-Moulineaux|92130|67
Levallois-Perret|92300|67
Neuilly-sur-Seine|92200|59
#Seine-Saint-Denis|93|01 99 00
Saint-Denis|93200|113
Montreuil|93100|111
Aubervilliers|93300|90
Aulnay-sous-Bois|93600|87
Drancy|93700|72
Noisy-le-Grand|93160|71
Pantin|93500|60
#Val-de-Marne|94|01 99 00
Vitry-sur-Seine|94400|96
Créteil|94000|93
Champigny-sur-Marne|94500|77
Ivry-sur-Seine|94200|64
Vincennes|94300|49
#Val-d'Oise|95|01 99 00
Argenteuil|95100|109
Cergy|95000|68
Sarcelles|95200|59
#Calvados|14|02 61 91
Caen|14000|107
#Cher|18|02 61 91
Bourges|18000|64
#Côtes-d'Armor|22|02 61 91
Saint-Brieuc|22000|44
#Eure|27|02 61 91
Évreux|27000|47
#Eure-et-Loir|28|02 61 91
Chartres|28000|39
#Finistère|29|02 61 91
Brest|29200|140
Quimper|29000|64
#Ille-et-Vilaine|35|02 61 91
Rennes|35000|225
Saint-Malo|35400|47
#Indre|36|02 61 91
Châteauroux|36000|43
#Indre-et-Loire|37|02 61 91
Tours|37000|138
#Loir-et-Cher|41|02 61 91
Blois|41000|47
#Loire-Atlantique|44|02 61 91
Nantes|44000|323
Saint-Nazaire|44600|72
#Loiret|45|02 61 91
Orléans|45000|117
#Maine-et-Loire|49|02 61 91
Angers|49000|157
Cholet|49300|54
#Manche|50|02 61 91
Cherbourg-en-Cotentin|50100|78
#Mayenne|53|02 61 91
Laval|53000|50
#Morbihan|56|02 61 91
Lorient|56100|58
Vannes|56000|54
#Sarthe|72|02 61 91
Le Mans|72000|145
#Seine-Maritime|76|02 61 91
Le Havre|76600|166
Rouen|76000|114
#Vendée|85|02 61 91
La Roche-sur-Yon|85000|55
#Aisne|02|03 53 01
Saint-Quentin|02100|53
#Ardennes|08|03 53 01
Charleville-Mézières|08000|46
#Aube|10|03 53 01
Troyes|10000|62
#Bas-Rhin|67|03 53 01
Strasbourg|67000|291
Haguenau|67500|35
#Côte-d'Or|21|03 53 01
Dijon|21000|160
#Doubs|25|03 53 01
Besançon|25000|119
#Haut-Rhin|68|03 53 01
Mulhouse|68100|107
Colmar|68000|68
#Marne|51|03 53 01
Reims|51100|180
Châlons-en-Champagne|51000|43
#Meurthe-et-Moselle|54|03 53 01
Nancy|54000|104
#Moselle|57|03 53 01
Metz|57000|121
Thionville|57100|42
#Nièvre|58|03 53 01
Nevers|58000|33
#Nord|59|03 53 01
Lille|59000|237
Roubaix|59100|98
Tourcoing|59200|99
Dunkerque|59140|87
Villeneuve-d'Ascq|59650|62
Valenciennes|59300|43
#Oise|60|03 53 01
Beauvais|60000|56
#Pas-de-Calais|62|03 53 01
Calais|62100|67
Arras|62000|42
Boulogne-sur-Mer|62200|41
#Saône-et-Loire|71|03 53 01
Chalon-sur-Saône|71100|45
#Somme|80|03 53 01
Amiens|80000|134
#Territoire de Belfort|90|03 53 01
Belfort|90000|46
#Yonne|89|03 53 01
Auxerre|89000|35
#Ain|01|04 65 71
Bourg-en-Bresse|01000|42
#Allier|03|04 65 71
Montluçon|03100|34
#Alpes-Maritimes|06|04 65 71
Nice|06000|348
Antibes|06600|76
Cannes|06400|74
Grasse|06130|48
#Aude|11|04 65 71
Narbonne|11100|56
Carcassonne|11000|46
#Bouches-du-Rhône|13|04 65 71
Marseille|13001-13016|873
Aix-en-Provence|13100|147
Arles|13200|51
Martigues|13500|48
#Corse-du-Sud|2A|04 65 71
Ajaccio|20000|72
#Drôme|26|04 65 71
Valence|26000|64
#Gard|30|04 65 71
Nîmes|30000|148
Alès|30100|44
#Haute-Corse|2B|04 65 71
Bastia|20200|48
#Haute-Savoie|74|04 65 71
Annecy|74000|131
#Hérault|34|04 65 71
Montpellier|34000|307
Béziers|34500|79
Sète|34200|44
#Isère|38|04 65 71
Grenoble|38000|157
#Loire|42|04 65 71
Saint-Étienne|42000|173
#Puy-de-Dôme|63|04 65 71
Clermont-Ferrand|63000|147
#Pyrénées-Orientales|66|04 65 71
Perpignan|66000|119
#Rhône|69|04 65 71
Lyon|69001-69009|522
Villeurbanne|69100|157
Vénissieux|69200|66
#Savoie|73|04 65 71
Chambéry|73000|60
#Var|83|04 65 71
Toulon|83000|180
Fréjus|83600|57
Hyères|83400|55
#Vaucluse|84|04 65 71
Avignon|84000|90
#Charente|16|05 36 49
Angoulême|16000|41
#Charente-Maritime|17|05 36 49
La Rochelle|17000|78
#Corrèze|19|05 36 49
Brive-la-Gaillarde|19100|46
#Dordogne|24|05 36 49
Périgueux|24000|30
#Gironde|33|05 36 49
Bordeaux|33000|265
Mérignac|33700|74
Pessac|33600|66
#Haute-Garonne|31|05 36 49
Toulouse|31000|504
Colomiers|31770|40
#Haute-Vienne|87|05 36 49
Limoges|87000|130
#Lot-et-Garonne|47|05 36 49
Agen|47000|33
#Pyrénées-Atlantiques|64|05 36 49
Pau|64000|77
Bayonne|64100|53
#Hautes-Pyrénées|65|05 36 49
Tarbes|65000|43
#Tarn|81|05 36 49
Albi|81000|49
Castres|81100|42
#Tarn-et-Garonne|82|05 36 49
Montauban|82000|62
#Vienne|86|05 36 49
Poitiers|86000|90
#Deux-Sèvres|79|05 36 49
Niort|79000|59
)";

constexpr std::string_view kStreets = R"(
rue de l'Église; place de l'Église; Grande Rue; rue du Moulin; place de la Mairie; rue du Château;
rue des Écoles; rue de la Mairie; rue Principale; rue du Stade; rue de la Gare; rue des Jardins;
rue Victor-Hugo; rue Pasteur; rue Jules-Ferry; rue des Lilas; rue des Rosiers; rue Jean-Jaurès;
avenue Jean-Jaurès; avenue de la Gare; rue de Verdun; rue de la République;
avenue de la République; place de la République; rue du Général-de-Gaulle;
avenue du Général-de-Gaulle; rue de la Fontaine; rue de la Paix; rue Saint-Michel; rue Saint-Jean;
rue Saint-Martin; rue Saint-Pierre; rue Saint-Nicolas; rue Saint-Antoine; rue Notre-Dame;
rue de Paris; avenue de Paris; rue de Lyon; route de Paris; rue du 8-Mai-1945; rue du 11-Novembre;
place du 8-Mai-1945; rue du 19-Mars-1962; avenue du 8-Mai-1945; rue Gambetta; boulevard Gambetta;
place Gambetta; boulevard Voltaire; rue Voltaire; rue Émile-Zola; rue Molière; rue Jean-Moulin;
avenue Jean-Moulin; rue Anatole-France; rue Pierre-Curie; rue Marie-Curie;
rue Pierre-et-Marie-Curie; rue Louis-Pasteur; boulevard Pasteur; rue Léon-Blum; rue Paul-Bert;
rue Jules-Guesde; rue Jules-Verne; rue George-Sand; rue Alphonse-Daudet; rue Alfred-de-Musset;
rue Lamartine; rue Victor-Schœlcher; rue Claude-Debussy; rue Claude-Monet; rue Auguste-Renoir;
rue Paul-Cézanne; rue Mozart; rue Maurice-Ravel; rue Georges-Brassens; rue Jacques-Brel;
rue Jacques-Prévert; rue Albert-Camus; rue Antoine-de-Saint-Exupéry; rue Marcel-Pagnol;
rue Gustave-Eiffel; rue Denis-Papin; rue Ampère; rue Lavoisier; rue Louis-Aragon; rue Paul-Éluard;
rue Pablo-Neruda; rue Salvador-Allende; avenue Foch; rue du Maréchal-Foch; boulevard Foch;
rue du Maréchal-Leclerc; avenue du Maréchal-Leclerc; avenue du Maréchal-Juin; rue Clemenceau;
avenue Georges-Clemenceau; rue Aristide-Briand; avenue Aristide-Briand; avenue de la Libération;
rue de la Libération; rue de la Résistance; rue de la Liberté; rue de l'Égalité;
avenue de l'Europe; place de l'Europe; rue de l'Europe; rue des Tilleuls; allée des Tilleuls;
rue des Acacias; allée des Acacias; rue des Érables; rue des Chênes; allée des Chênes;
rue des Peupliers; rue des Platanes; rue des Marronniers; rue des Bouleaux; rue des Cerisiers;
rue des Pommiers; rue des Noyers; rue des Vignes; chemin des Vignes; rue des Roses;
allée des Roses; rue des Violettes; rue des Coquelicots; rue des Bleuets; rue des Primevères;
rue des Hirondelles; rue des Mésanges; rue des Alouettes; rue des Fauvettes; impasse des Lilas;
impasse du Moulin; impasse des Jardins; chemin du Moulin; chemin de la Croix; chemin du Lavoir;
rue du Lavoir; rue du Puits; rue du Pont; rue du Port; rue de la Forge; rue du Four;
rue du Marché; place du Marché; rue de la Poste; rue de l'Hôpital; rue de l'Hôtel-de-Ville;
place de l'Hôtel-de-Ville; rue du Collège; rue du Lycée; rue du Presbytère; rue du Couvent;
rue de l'Abbaye; rue de la Chapelle; chemin de la Chapelle; rue du Calvaire; rue de la Croix;
rue du Cimetière; rue de la Vallée; rue des Prés; chemin des Prés; rue du Bois; chemin du Bois;
rue de la Forêt; rue du Lac; rue de la Source; rue du Parc; avenue du Parc; rue du Château-d'Eau;
rue de Bretagne; rue de Normandie; rue d'Alsace; rue de Lorraine; rue d'Alsace-Lorraine;
rue de Provence; rue de Bourgogne; rue de Champagne; rue d'Anjou; rue du Commerce;
rue de l'Industrie; rue des Artisans; rue de la Ferme; rue du Docteur-Roux; rue du Faubourg;
rue Haute; rue Basse; rue Neuve; rue du Quai; route Nationale; cours de la Marne;
boulevard Carnot; rue Carnot; rue Thiers; boulevard Saint-Michel; boulevard de la Liberté;
boulevard de Strasbourg; boulevard Victor-Hugo; avenue Victor-Hugo; place Victor-Hugo;
square des Tilleuls; allée des Pins; avenue des Pins; chemin des Oliviers; allée des Mimosas
)";

constexpr std::string_view kStems = R"(
Horizon; Armor; Atlantique; Belle-Île; Bel Air; Les Trois Chênes; Les Deux Rives; La Tour;
Le Phare; Le Grand Large; Rive Gauche; Val de Loire; Grand Ouest; Grand Est; Méditerranée;
Côte d'Azur; Provence; Aquitaine; Bourgogne; Occitane; Lumière; Étoile; Soleil; Équinoxe; Boréal;
Ariane; Alizé; Mistral; Zénith; Altaïr; Hermine; Lutèce; Vauban; Beaumarchais; Saint-Georges;
Sainte-Anne; Montaigu; Belvédère; Bellecour; Clairval
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} et Fils
{} Frères
{} & {}
)";

constexpr std::string_view kActivities = R"(
Transports; Menuiserie; Plomberie; Électricité; Maçonnerie; Charpente; Couverture; Peinture;
Carrelage; Chauffage; Serrurerie; Terrassement; Travaux Publics; Bâtiment; Construction;
Rénovation; Architecture; Immobilier; Cabinet; Assurances; Conseil; Audit; Expertise;
Informatique; Logiciels; Numérique; Télécoms; Réseaux; Imprimerie; Éditions; Communication;
Publicité; Productions; Boulangerie; Pâtisserie; Boucherie; Charcuterie; Traiteur; Primeurs;
Fromagerie; Poissonnerie; Épicerie; Vins; Domaine; Brasserie; Restaurant; Hôtel; Garage;
Carrosserie; Automobiles; Ambulances; Taxis; Pharmacie; Optique; Laboratoire; Clinique; Nettoyage;
Propreté; Sécurité; Jardins; Paysages; Pépinières; Agricole; Céréales; Laiterie; Mécanique;
Métallerie; Chaudronnerie; Outillage; Plastiques; Emballages; Textiles; Confection; Chaussures;
Bijouterie; Meubles; Ébénisterie; Énergie; Solaire; Environnement; Recyclage; Logistique;
Déménagements; Voyages; Formation
)";

constexpr std::string_view kForms = R"(
SARL*45
SAS*35
SA*6
EURL*7
SASU*7
)";

constexpr std::string_view kDepartments = R"(
Direction générale; Ressources humaines; Comptabilité; Finances; Juridique; Achats; Ventes;
Marketing; Communication; Production; Logistique; Qualité; Recherche et développement;
Informatique; Service client; Maintenance
)";

constexpr std::string_view kJobs = R"(
Ingénieur informatique|Ingénieure informatique; Développeur|Développeuse;
Administrateur systèmes|Administratrice systèmes; Chef de projet|Cheffe de projet;
Analyste de données; Technicien de maintenance|Technicienne de maintenance;
Technicien de laboratoire|Technicienne de laboratoire; Consultant|Consultante; Comptable;
Expert-comptable|Experte-comptable; Contrôleur de gestion|Contrôleuse de gestion;
Assistant de direction|Assistante de direction; Assistant administratif|Assistante administrative;
Secrétaire; Responsable des ressources humaines; Chargé de recrutement|Chargée de recrutement;
Directeur général|Directrice générale; Directeur commercial|Directrice commerciale;
Directeur financier|Directrice financière; Responsable marketing;
Chargé de communication|Chargée de communication; Commercial|Commerciale; Vendeur|Vendeuse;
Caissier|Caissière; Acheteur|Acheteuse; Conseiller clientèle|Conseillère clientèle;
Conseiller bancaire|Conseillère bancaire; Agent immobilier|Agente immobilière;
Agent d'assurances|Agente d'assurances; Agent d'entretien|Agente d'entretien;
Agent de sécurité|Agente de sécurité; Médecin; Médecin généraliste; Chirurgien|Chirurgienne;
Dentiste; Pharmacien|Pharmacienne; Infirmier|Infirmière; Aide-soignant|Aide-soignante; Sage-femme;
Kinésithérapeute; Ambulancier|Ambulancière; Vétérinaire; Psychologue;
Assistant social|Assistante sociale; Éducateur spécialisé|Éducatrice spécialisée;
Auxiliaire de vie; Professeur des écoles|Professeure des écoles;
Professeur de mathématiques|Professeure de mathématiques;
Professeur de français|Professeure de français; Enseignant-chercheur|Enseignante-chercheuse;
Bibliothécaire; Avocat|Avocate; Notaire; Magistrat|Magistrate;
Huissier de justice|Huissière de justice; Policier|Policière; Gendarme; Pompier|Pompière;
Fonctionnaire; Facteur|Factrice; Architecte; Géomètre; Ingénieur civil|Ingénieure civile;
Ingénieur mécanique|Ingénieure mécanique; Conducteur de travaux|Conductrice de travaux;
Maçon|Maçonne; Plombier|Plombière; Électricien|Électricienne; Menuisier|Menuisière;
Charpentier|Charpentière; Couvreur|Couvreuse; Peintre en bâtiment; Soudeur|Soudeuse;
Mécanicien|Mécanicienne; Opérateur de production|Opératrice de production;
Conducteur routier|Conductrice routière; Conducteur de bus|Conductrice de bus; Cariste;
Magasinier|Magasinière; Préparateur de commandes|Préparatrice de commandes; Boulanger|Boulangère;
Boucher|Bouchère; Cuisinier|Cuisinière; Serveur|Serveuse; Réceptionniste; Coiffeur|Coiffeuse;
Esthéticien|Esthéticienne; Agriculteur|Agricultrice; Viticulteur|Viticultrice;
Jardinier|Jardinière; Fleuriste; Journaliste; Traducteur|Traductrice; Graphiste; Photographe;
Comédien|Comédienne; Musicien|Musicienne
)";

constexpr std::string_view kWords = R"(
à abord accord acheter âge aider aimer ainsi air aller alors ami amour an ancien animal
année appeler apprendre après arbre argent armoire arrêter arriver assez attendre au
aujourd'hui aussi autour autre avant avec avenir avoir bas bateau bâtiment beau beaucoup
besoin bien bientôt blanc bleu bois boîte bon bonheur bord bouche bout bras bruit bureau
but ça campagne car carte cause ce cela cent centre cependant certain chaise chaleur
chambre champ chance chanson chant chapeau chaque chat chaud chemin cher chercher cheval
cheveux chez chien chose ciel cinq clair classe clé cœur coin comme commencer comment
comprendre compte conseil content continuer contre corps côté couleur coup couper cour
courage courir cours court couteau cri croire cuisine dans danser date de debout début
dehors déjà demain demander demi dent depuis dernier derrière dessin deux devant devenir
devoir dire dix doigt donc donner dormir dos doute doux droit dur eau école écouter écrire
effet église élève elle encore endroit enfant enfin ensemble ensuite entendre entre entrer
envie épaule espace espoir essayer est étage état été étoile être étude facile faim faire
fait famille fatigue femme fenêtre fermer fête feu feuille fille film fils fin finir fleur
fois fond force forêt forme fort fou frère froid front fruit gagner garçon gare gauche
genou gens glace goût grand gros groupe guerre habiter haut herbe heure heureux hier
histoire hiver homme hôtel huit ici idée il île image important instant jamais jambe
jardin jaune je jeu jeune joie jouer jour journal juste la lait langue large léger lent
lequel lettre leur lever libre lieu ligne lire lit livre loin long longtemps lorsque
lourd lumière lune lundi machine magasin main maintenant mais maison maître mal malade
maman manger manière marché marcher mari mariage matin mauvais médecin meilleur même
mémoire mer merci mère mettre midi mieux milieu mille minute moins mois moitié moment
monde montagne monter montrer morceau mot mourir moyen mur musique naître neige nez noir
nom nombre non nord nous nouveau nuage nuit objet œil œuf œuvre oiseau ombre oncle or
orage oreille oublier oui ouvrir page pain paix papier par parce pardon parent parfois
parler parole part partie partir partout pas passé passer patron pauvre payer pays peau
peine pendant penser perdre père personne petit peu peur peut-être photo phrase pied
pierre place plage plaisir plein pleurer pluie plus plusieurs poche point poisson pomme
pont port porte porter poser pour pourquoi pourtant pouvoir premier prendre près presque
prêt printemps prix projet promettre propre puis quand quatre que quel quelque question
qui quitter raison rapide recevoir regard regarder région rencontre rendre rentrer repas
repos réponse reste retour retrouver réussir rêve revenir rien rire rivière robe roi rond
rouge route rue sable sac sage saison salle sang sans santé savoir scène second secret
sel semaine sens sentir sept service seul seulement si siècle signe silence simple six
sœur soir soleil sombre son sorte sortir soudain souffrir sourire sous souvenir souvent
sucre sud suite suivre sujet sur surtout table tard tasse temps tenir terre tête théâtre
tirer toit tomber tôt toucher toujours tour tout train tranquille travail traverser très
triste trois trop trouver un usine vague valise vallée vendre venir vent vérité verre vers
vert vêtement viande vide vie vieux village ville vin vingt visage vite vivre voici voilà
voir voisin voiture voix vouloir voyage vrai vue yeux zéro)";

}  // namespace

constexpr LocaleText kFrFr = {
    .name = "fr_FR",
    .language = "fr",
    .country = "France",
    .country_code = "FR",
    .currency = "EUR",
    .calling_code = "+33",
    .iban_country = "FR",
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 20,
    .family_name_offset = 130,
    .male_titles = "M.*98\nDr*2",
    .female_titles = "Mme*98\nDr*2",
    .sexes = "homme femme",
    .full_name = "{given_name} {family_name}",
    .places = kPlaces,
    .postal_digits = 5,
    .postal_pattern = "(0[1-9]|[1-8][0-9]|9[0-5])[0-9]{3}",
    .streets = kStreets,
    .house_number_max = 180,
    .mobile_heads = "06 39 98",
    .postal_code = "{postal_head}",
    .street = "{number} {street}",
    .state = "{region}",
    .address = "{street_line}, {postal_code} {city}",
    .phone = "{phone_head} ## ##",
    .mobile = "{mobile_head} ## ##",
    .company_stems = kStems,
    .stem_patterns = kStemPatterns,
    .company_activities = kActivities,
    .company_forms = kForms,
    .company = "{company_activity} {company_stem} {company_form}",
    .departments = kDepartments,
    .job_titles = kJobs,
    .words = kWords,
};

}  // namespace tamis
