// Names, places and words of Spain. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
Antonio Manuel José Francisco David Juan Javier Daniel José_Antonio Francisco_Javier
José_Luis Carlos Alejandro Jesús José_Manuel Miguel Miguel_Ángel Pablo Rafael Sergio Ángel
Pedro Fernando Jorge Luis Alberto Juan_Carlos Álvaro Adrián Juan_José Diego Juan_Antonio
Raúl Iván Juan_Manuel Rubén Enrique Óscar Ramón Andrés Vicente Juan_Francisco Santiago
Mario Joaquín Víctor Eduardo Roberto Jaime Hugo Marcos Francisco_José Ignacio
Alfonso Ricardo Jordi Salvador Guillermo Gabriel Emilio Gonzalo José_María Julio Mohamed
Julián Nicolás Tomás Martín Agustín José_Ramón Samuel Marc Félix Joan Ismael Aitor Josep
Cristian Lucas José_Carlos Íñigo Mateo Juan_Pablo Cristóbal Iker Sebastián Domingo
Alfredo César José_Ángel Felipe José_Ignacio Víctor_Manuel Rodrigo Luis_Miguel Mariano
José_Francisco Xavier Albert Juan_Luis Izan Leo Gregorio Esteban Lorenzo Aarón Arturo Eric
Antonio_José Francisco_Manuel José_Vicente Borja Ahmed Eugenio Carlos_Javier
Pol Jesús_María Saúl Germán Ernesto Unai Asier Mikel Xabier Ander Gorka Jon Koldo Eneko
Oier Pau Oriol Arnau Gerard Sergi Ferran Marcel Biel Nil Bernat Lluís Francesc Carles Enric
Jaume Guillem
Bruno Marco Thiago Enzo Gael Manuel_Jesús Isaac Dylan Rayan Youssef Omar Ibrahim Said
Hassan Mustapha Rachid Fermín Benito Bartolomé Baltasar Valentín Teodoro Isidro Matías
Fidel Gerardo Leandro Elías Abel Moisés Jacobo Jonathan Kevin Christian Alexander Bernardo
Damián Dámaso Darío Edgar Eloy Fabián Federico Gustavo Héctor Hilario Honorio Israel
Joel Leonardo Luciano Marcelino Marcelo Maximiliano Nemesio Orlando Patricio Rogelio
Román Rosendo Ulises Valeriano Vidal)";

constexpr std::string_view kFemaleNames = R"(
María_Carmen María Carmen Ana_María Laura Isabel María_Dolores María_Pilar Ana Marta
María_Teresa Cristina Josefa Lucía Paula María_Ángeles Sara Elena Francisca Raquel
María_José Rosa María_Isabel Antonia Dolores Andrea Beatriz Alba Pilar Nuria Silvia Sonia
Patricia Julia Irene Rocío Rosa_María Montserrat Mónica Teresa Mercedes Margarita Claudia
Sofía Natalia Alicia Susana Ángela Marina María_del_Mar Yolanda Sandra Concepción
María_Luisa Inmaculada Eva Carla Verónica Ángeles María_del_Rosario Noelia Rosario Amparo
Carolina Encarnación Esther Nerea Lorena Inés Daniela María_Victoria Eva_María
Consuelo Victoria María_Josefa Emilia Lidia Aurora Catalina Miriam Gloria Olga Ainhoa
Martina Fátima Manuela Clara María_Concepción Luisa Virginia Celia Gema María_Antonia
Alejandra María_Elena Ariadna Vanesa Adriana Esperanza Juana Blanca Vega Lourdes
María_Jesús María_Soledad Milagros Purificación Valeria Belén María_Belén Begoña Ana_Belén
Asunción Tamara Gabriela Jessica Estefanía Emma Carlota Noa Aitana Vera Leire Laia Naiara
Mireia Judith Núria Meritxell Anna
Helena Jana Queralt Gemma Àngels Roser Neus Aina Aroa Ane Maite Amaia Itziar Nekane Miren
Izaro Uxue Garazi Uxía Sabela Antía Iria Noemí Rebeca Ester Débora Leticia Tania
Macarena Triana Reyes Jimena Candela Abril Chloe Lola Carmela Valentina Elsa Olivia Alma
Mía Gala África
Araceli Azucena Bárbara Berta Camila Cecilia Coral Diana Elisa Elvira Eulalia Eugenia
Fabiola Felisa Flora Genoveva Graciela Guadalupe Isidora Jacinta Josefina Leonor Ligia
Luz_María Magdalena Marcela Maribel Matilde Micaela Nieves Ofelia Paloma Paz Petra Ramona
Regina Remedios Rita Rosalía Ruth Salomé Soledad Tatiana Trinidad Úrsula Violeta Zaira
Zoe Khadija Yasmina Hanane Samira Salma)";

constexpr std::string_view kFamilyNames = R"(
García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez
Hernández Ruiz Díaz Moreno Muñoz Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez
Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez Castro Ortega Delgado Ortiz
Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano
Cruz Méndez Flores Prieto Herrera Peña León Márquez Cabrera Gallego Calvo Vidal Campos
Reyes Vega Fuentes Carrasco Díez Aguilar Caballero Nieto Santana Vargas Pascual Giménez
Herrero Hidalgo Montero Lorenzo Santiago Benítez Durán Ibáñez Arias Mora Ferrer Carmona
Vicente Rojas Soto Crespo Román Pastor Velasco Parra Sáez Moya Bravo Rivera Gallardo Soler
Silva Esteban Pardo Rivas Merino Franco Espinosa Izquierdo Lara Arroyo Rodrigo Camacho
Vera Casado Redondo Luque Sierra Segura Montes Carrillo Otero Rey Galán Marcos Heredia
Bernal Contreras Robles Varela Palacios Guerra Benito Macías Vila Roldán Pereira Bueno
Mateo Villar Escudero Expósito Guillén Andrés Menéndez Miranda Cuesta Salazar Acosta
Aguilera Beltrán Estévez Rivero Plaza Manzano Simón Salas Abad Quintana Gracia
Conde Trujillo Rueda Santamaría Padilla Pacheco Jurado Calderón Mendoza Trigo Serra
Bermúdez Blázquez Lázaro Marco Ávila Rico Roca Miguel Costa Paredes Salvador Bermejo
Cuenca Mejía Valero Andreu Zamora Villanueva Galindo Montoya Maldonado Tapia Domingo Paz
Sosa Casas Aranda Polo Ballesteros Murillo Asensio Bautista Ríos Escobar Alarcón Valle
Quesada Toledo Amador Ponce Pineda Ochoa Clemente Collado Cabello Hurtado Arenas Cordero
Carretero Rosa Bonilla Villalba Correa Tomás Barroso Naranjo Nicolás Lucas Cárdenas Mata
Sastre Casanova Puig Pons Font Bosch Ribas Roig Mas Sala Riera Vives Marí Torre Barrera
Oliver Gimeno Estrada Solís Pulido Salinas Peralta Lorente Valverde Rosales Escribano
Rincón Ramón Cobo Burgos Cámara Chen Singh Wang Aparicio Zapata Saavedra Corral Arranz
Antón Palomo Mesa Sevilla Leal Godoy Alba Llorente Villegas Barrios Cisneros Olmos Duarte
Quintero Sancho Madrid Jaén Ros Baena Bonet Pozo Navas Rosado Pina Vallejo Gallo
Ojeda Olivares Hernando Ventura Rovira Juárez Arnau Bello Alcaraz Trillo
Aguado Toro Linares Gálvez Coll Castaño Feijoo Piñeiro Lago Seoane Castiñeira Etxeberria
Aguirre Goñi Zabala Agirre Larrea Urrutia Mendizábal Elizalde Arrieta Aramburu Bilbao
Uribe Garmendia Echevarría Yáñez Saiz Cuevas Lobo Bustos Cordón Cantero)";

// Postal codes: a range of the municipality's own. Phones: the digits of the province, of no range
// kept for films since Spain has none. Inhabitants in thousands.
constexpr std::string_view kPlaces = R"(
#Andalucía|AN
Sevilla|41001-41020|684|954,955
Málaga|29001-29018|586|951,952
Córdoba|14001-14014|319|957
Granada|18001-18015|230|958
Jerez de la Frontera|11401-11408|212|956
Almería|04001-04009|200|950
Huelva|21001-21007|142|959
Marbella|29601-29604|150|951,952
Dos Hermanas|41700-41704|138|954,955
Algeciras|11201-11207|123|956
Cádiz|11001-11012|113|956
Jaén|23001-23009|111|953
Linares|23700|56|953
El Puerto de Santa María|11500|89|956
Roquetas de Mar|04740|102|950
Torremolinos|29620|69|951,952
#Aragón|AR
Zaragoza|50001-50018|682|976
Huesca|22001-22006|54|974
Teruel|44001-44003|36|978
Calatayud|50300|20|976
#Principado de Asturias|AS
Gijón|33201-33213|268|985
Oviedo|33001-33013|215|985
Avilés|33400-33403|75|985
Langreo|33900|38|985
#Cantabria|CB
Santander|39001-39012|172|942
Torrelavega|39300|51|942
Castro-Urdiales|39700|33|942
#Castilla y León|CL
Valladolid|47001-47016|297|983
Burgos|09001-09007|173|947
Salamanca|37001-37008|144|923
León|24001-24010|121|987
Palencia|34001-34005|76|979
Zamora|49001-49028|59|980
Ávila|05001-05005|57|920
Segovia|40001-40006|51|921
Soria|42001-42005|40|975
Ponferrada|24400-24404|63|987
Aranda de Duero|09400|33|947
#Castilla-La Mancha|CM
Albacete|02001-02008|172|967
Guadalajara|19001-19005|88|949
Toledo|45001-45009|86|925
Talavera de la Reina|45600|83|925
Ciudad Real|13001-13005|75|926
Cuenca|16001-16004|53|969
Puertollano|13500|45|926
#Canarias|CN
Las Palmas de Gran Canaria|35001-35019|378|928
Santa Cruz de Tenerife|38001-38010|208|922
San Cristóbal de La Laguna|38201-38208|158|922
Telde|35200|102|928
Arrecife|35500|66|928
Puerto del Rosario|35600|43|928
Arona|38640|84|922
#Cataluña|CT
Barcelona|08001-08042|1655|93x
L'Hospitalet de Llobregat|08901-08908|274|93x
Terrassa|08221-08228|225|93x
Badalona|08911-08918|225|93x
Sabadell|08201-08208|216|93x
Lleida|25001-25008|143|973
Tarragona|43001-43008|138|977
Mataró|08301-08304|129|93x
Santa Coloma de Gramenet|08921-08924|119|93x
Reus|43201-43206|108|977
Girona|17001-17007|105|972
Sant Cugat del Vallès|08172-08174|96|93x
Cornellà de Llobregat|08940|90|93x
Manresa|08241-08243|78|93x
Figueres|17600|48|972
#Extremadura|EX
Badajoz|06001-06011|150|924
Cáceres|10001-10005|96|927
Mérida|06800|59|924
Plasencia|10600|39|927
Don Benito|06400|37|924
#Galicia|GA
Vigo|36201-36214|293|986
A Coruña|15001-15011|248|981
Ourense|32001-32005|105|988
Santiago de Compostela|15701-15707|99|981
Lugo|27001-27004|98|982
Pontevedra|36001-36005|83|986
Ferrol|15401-15405|64|981
Vilagarcía de Arousa|36600|37|986
#Illes Balears|IB
Palma|07001-07015|416|971
Calvià|07184|52|971
Eivissa|07800|51|971
Maó|07701-07703|30|971
Manacor|07500|45|971
#La Rioja|RI
Logroño|26001-26009|151|941
Calahorra|26500|25|941
#Comunidad de Madrid|MD
Madrid|28001-28055|3305|91x
Móstoles|28931-28938|211|91x
Alcalá de Henares|28801-28807|199|91x
Fuenlabrada|28941-28946|190|91x
Leganés|28911-28919|191|91x
Getafe|28901-28909|186|91x
Alcorcón|28921-28925|173|91x
Torrejón de Ardoz|28850|136|91x
Parla|28980-28984|133|91x
Alcobendas|28100|119|91x
Las Rozas de Madrid|28231-28232|97|91x
Coslada|28820-28823|81|91x
Pozuelo de Alarcón|28223-28224|88|91x
#Región de Murcia|MC
Murcia|30001-30012|470|968
Cartagena|30201-30205|219|968
Lorca|30800|97|968
Molina de Segura|30500|75|968
#Comunidad Foral de Navarra|NC
Pamplona|31001-31016|205|948
Tudela|31500|37|948
Barañáin|31010|20|948
#País Vasco|PV
Bilbao|48001-48015|346|944,946
Vitoria-Gasteiz|01001-01015|255|945
San Sebastián|20001-20018|188|943
Barakaldo|48901-48903|101|944,946
Getxo|48990-48993|76|944,946
Irun|20301-20305|63|943
Portugalete|48920|45|944,946
Santurtzi|48980|45|944,946
#Comunitat Valenciana|VC
València|46001-46026|808|961,962,963
Alicante|03001-03016|349|965,966
Elche|03201-03208|240|965,966
Castelló de la Plana|12001-12006|176|964
Torrevieja|03181-03183|90|965,966
Torrent|46900|86|961,962,963
Orihuela|03300|82|965,966
Gandia|46701-46703|77|961,962,963
Benidorm|03501-03503|72|965,966
Paterna|46980|73|961,962,963
Sagunto|46500|69|961,962,963
Alcoy|03801-03804|59|965,966
Vila-real|12540|52|964
#Ceuta|CE
Ceuta|51001-51005|83|956
#Melilla|ML
Melilla|52001-52006|85|952
)";

constexpr std::string_view kStreets = R"(
Calle Mayor; Calle Real; Calle Nueva; Calle de la Iglesia; Plaza Mayor; Plaza de España;
Plaza de la Constitución; Avenida de la Constitución; Calle Constitución; Calle del Sol;
Calle de la Fuente; Calle San José; Calle San Antonio; Calle San Juan; Calle San Pedro;
Calle San Miguel; Calle San Francisco; Calle San Roque; Calle San Isidro; Calle Santa Ana;
Calle Santa María; Calle Santa Teresa; Calle del Carmen; Calle del Pilar; Calle del Rosario;
Calle de la Cruz; Calle de las Flores; Calle de la Paz; Calle de la Libertad; Calle Cervantes;
Calle Miguel de Cervantes; Calle Lope de Vega; Calle Quevedo; Calle Calderón de la Barca;
Calle Antonio Machado; Calle Federico García Lorca; Calle Miguel Hernández; Calle Rafael Alberti;
Calle Juan Ramón Jiménez; Calle Gustavo Adolfo Bécquer; Calle Rosalía de Castro;
Calle Miguel de Unamuno; Calle Pío Baroja; Calle Benito Pérez Galdós; Calle Velázquez; Calle Goya;
Calle Murillo; Calle Picasso; Calle Pablo Picasso; Calle El Greco; Calle Zurbarán; Calle Sorolla;
Calle Joan Miró; Calle Salvador Dalí; Calle Ramón y Cajal; Avenida Ramón y Cajal;
Calle Doctor Fleming; Calle Isaac Peral; Calle Severo Ochoa; Calle Gran Vía; Gran Vía;
Calle Colón; Calle Cristóbal Colón; Calle Hernán Cortés; Calle Pizarro; Calle Magallanes;
Calle Núñez de Balboa; Calle Reyes Católicos; Calle Isabel la Católica;
Calle Fernando el Católico; Calle Alfonso X el Sabio; Calle Alfonso XII; Calle Alfonso XIII;
Avenida Juan Carlos I; Avenida Reina Sofía; Calle Príncipe de Asturias; Calle Infanta Elena;
Calle Concepción Arenal; Calle Clara Campoamor; Calle Mariana Pineda; Calle Agustina de Aragón;
Calle Manuel de Falla; Calle Isaac Albéniz; Calle Pablo Casals; Calle Madrid; Calle Barcelona;
Calle Valencia; Calle Sevilla; Calle Zaragoza; Calle Toledo; Calle Granada; Calle Córdoba;
Calle Málaga; Calle Burgos; Calle León; Calle Salamanca; Calle Extremadura; Calle Andalucía;
Calle Galicia; Calle Asturias; Calle Castilla; Calle Aragón; Calle Navarra; Calle Murcia;
Calle Portugal; Calle Francia; Calle Italia; Calle Argentina; Calle México; Avenida de Andalucía;
Avenida de Madrid; Avenida de América; Avenida de Europa; Avenida de Portugal;
Avenida de la Estación; Avenida de la Paz; Avenida de la Libertad; Avenida del Mediterráneo;
Paseo de la Estación; Paseo de la Alameda; Paseo del Prado; Ronda de Levante; Ronda Norte;
Ronda Sur; Camino Viejo; Camino Real; Camino del Molino; Camino de la Ermita; Carretera de Madrid;
Travesía de la Iglesia; Travesía Mayor; Callejón del Agua; Cuesta de la Villa; Calle Ancha;
Calle Larga; Calle Alta; Calle Baja; Calle Arriba; Calle Abajo; Calle Corta; Calle Estrecha;
Calle del Medio; Calle del Pozo; Calle del Horno; Calle del Molino; Calle del Río;
Calle del Puente; Calle del Castillo; Calle de la Torre; Calle de la Muralla; Calle de la Plaza;
Calle del Mercado; Calle del Olivo; Calle de los Olivos; Calle del Pino; Calle de los Pinos;
Calle del Almendro; Calle de los Naranjos; Calle del Limonero; Calle de la Palma;
Calle de las Palmeras; Calle del Laurel; Calle del Rosal; Calle de los Rosales; Calle del Jazmín;
Calle del Clavel; Calle de la Amapola; Calle de la Encina; Calle del Roble; Calle del Olmo;
Calle del Ciprés; Calle de la Luna; Calle de la Estrella; Calle del Norte; Calle del Sur;
Calle de Poniente; Calle de Levante; Calle de las Eras; Calle de la Huerta; Calle de la Vega;
Calle de la Sierra; Calle del Monte; Calle de la Ermita; Calle del Convento; Calle del Hospital;
Calle de la Escuela; Calle de las Escuelas; Calle de Correos; Calle del Teatro;
Calle de la Estación; Plaza del Ayuntamiento; Plaza de la Iglesia; Plaza Nueva; Plaza de la Villa;
Plaza del Mercado; Plaza de los Fueros; Plaza de Cataluña; Plaza de Andalucía; Plaza de San Juan
)";

constexpr std::string_view kStems = R"(
Levante; Mediterránea; Ibérica; Hispania; Atlántida; Cantábrico; Costa Blanca; Costa del Sol;
Costa Brava; Sierra Nevada; Guadalquivir; Ebro; Duero; Miño; Tajo; Guadiana; La Mancha; El Roble;
La Encina; El Olivar; Los Naranjos; Las Palmeras; La Alameda; La Alhambra; Aljarafe; Al-Ándalus;
Castellana; Numancia; Cibeles; Minerva; Apolo; Atlas; Horizonte; Aurora; Nuevo Siglo; San Isidro;
Santa Bárbara; Montesol; Vallehermoso; Puerta del Sol
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} e Hijos
Hermanos {}
{} & {}
)";

constexpr std::string_view kActivities = R"(
Construcciones; Reformas; Excavaciones; Promociones; Inmobiliaria; Instalaciones; Electricidad;
Fontanería; Climatización; Carpintería; Cerrajería; Pinturas; Cristalería; Mármoles; Cerámicas;
Azulejos; Maderas; Muebles; Tapicerías; Transportes; Logística; Mudanzas; Autocares; Talleres;
Automóviles; Neumáticos; Recambios; Grúas; Maquinaria; Suministros; Ferretería; Metalúrgica;
Estructuras; Soldaduras; Plásticos; Envases; Papelera; Gráficas; Imprenta; Editorial; Publicidad;
Comunicación; Informática; Sistemas; Software; Telecomunicaciones; Consultoría; Asesoría;
Gestoría; Auditores; Abogados; Seguros; Formación; Academia; Clínica; Farmacia; Laboratorios;
Óptica; Ortopedia; Limpiezas; Seguridad; Jardinería; Viveros; Agrícola; Ganadera; Hortofrutícola;
Aceites; Bodegas; Vinos; Conservas; Cárnicas; Embutidos; Quesos; Lácteos; Panadería; Pastelería;
Pescados; Mariscos; Frutas; Bebidas; Distribuciones; Hostelería; Restaurante; Hoteles; Viajes;
Textiles; Confecciones; Calzados; Joyería; Juguetes; Energías; Reciclajes; Química; Exportaciones
)";

constexpr std::string_view kForms = R"(
S.L.*75
S.A.*13
S.L.U.*9
S. Coop.*3
)";

constexpr std::string_view kDepartments = R"(
Dirección general; Recursos humanos; Contabilidad; Finanzas; Asesoría jurídica; Compras; Ventas;
Marketing; Comunicación; Producción; Logística; Calidad; Investigación y desarrollo; Informática;
Atención al cliente; Mantenimiento
)";

constexpr std::string_view kJobs = R"(
Administrativo|Administrativa; Auxiliar administrativo|Auxiliar administrativa;
Secretario de dirección|Secretaria de dirección; Contable; Asesor fiscal|Asesora fiscal;
Auditor|Auditora; Economista; Analista financiero|Analista financiera;
Director general|Directora general; Director comercial|Directora comercial;
Director financiero|Directora financiera; Responsable de recursos humanos;
Técnico de selección|Técnica de selección; Jefe de proyecto|Jefa de proyecto;
Jefe de ventas|Jefa de ventas; Responsable de marketing; Comercial; Dependiente|Dependienta;
Cajero|Cajera; Teleoperador|Teleoperadora; Agente inmobiliario|Agente inmobiliaria;
Agente de seguros; Desarrollador de software|Desarrolladora de software; Programador|Programadora;
Administrador de sistemas|Administradora de sistemas; Analista de datos; Consultor|Consultora;
Ingeniero industrial|Ingeniera industrial; Ingeniero informático|Ingeniera informática;
Ingeniero de caminos|Ingeniera de caminos; Ingeniero agrónomo|Ingeniera agrónoma;
Arquitecto|Arquitecta; Arquitecto técnico|Arquitecta técnica; Delineante; Topógrafo|Topógrafa;
Médico|Médica; Médico de familia|Médica de familia; Cirujano|Cirujana; Pediatra; Dentista;
Farmacéutico|Farmacéutica; Enfermero|Enfermera; Auxiliar de enfermería; Fisioterapeuta;
Psicólogo|Psicóloga; Veterinario|Veterinaria; Trabajador social|Trabajadora social;
Maestro|Maestra; Profesor de instituto|Profesora de instituto;
Profesor universitario|Profesora universitaria; Educador infantil|Educadora infantil;
Investigador|Investigadora; Bibliotecario|Bibliotecaria; Abogado|Abogada; Notario|Notaria;
Procurador|Procuradora; Juez|Jueza; Policía; Guardia civil; Bombero|Bombera;
Vigilante de seguridad; Funcionario|Funcionaria; Cartero|Cartera; Albañil; Fontanero|Fontanera;
Electricista; Carpintero|Carpintera; Pintor|Pintora; Soldador|Soldadora; Mecánico|Mecánica;
Tornero|Tornera; Operario de fábrica|Operaria de fábrica; Mozo de almacén|Moza de almacén;
Carretillero|Carretillera; Conductor de camión|Conductora de camión;
Conductor de autobús|Conductora de autobús; Taxista; Repartidor|Repartidora; Cocinero|Cocinera;
Camarero|Camarera; Recepcionista; Panadero|Panadera; Carnicero|Carnicera; Pescadero|Pescadera;
Peluquero|Peluquera; Esteticista; Limpiador|Limpiadora; Agricultor|Agricultora; Ganadero|Ganadera;
Jardinero|Jardinera; Florista; Periodista; Traductor|Traductora;
Diseñador gráfico|Diseñadora gráfica; Fotógrafo|Fotógrafa; Músico|Música; Actor|Actriz;
Guía turístico|Guía turística
)";

constexpr std::string_view kWords = R"(
abierto abrir abuelo acabar aceite acuerdo además agua ahora aire al algo alguien alguno
allí alma alto amarillo amigo amor ancho andar animal anoche antes antiguo año aparecer
aprender aquel aquí árbol arena arriba arte así aunque autobús avión ayer ayuda azúcar azul
bailar bajar bajo banco barco barrio bastante beber bien billete blanco boca bolsa bonito
bosque botella brazo bueno buscar caballo cabeza cada caer café caja calle calor cama
cambiar cambio caminar camino camisa campo canción cansado cantar cara carne carta casa
casi causa cena centro cerca cerrar cielo ciento cierto cinco cine ciudad claro clase coche
cocina coger color comenzar comer comida como compañero comprar con conocer conseguir
contar contento contra corazón correr cosa costa costumbre crecer creer cuadro cual cuando
cuanto cuarto cuatro cuenta cuento cuerpo cuidado cumplir dar de deber débil decidir decir
dedo dejar del delante demasiado dentro derecho desde deseo despacio después día diez
difícil dinero doce doctor dolor domingo donde dormir dos dulce durante duro echar edad
edificio ejemplo el ella empezar empresa en encima encontrar enero enfermo enseñar entender
entonces entrada entrar entre enviar época escalera escribir escuchar escuela ese espacio
espejo esperar esposa estación estar este estrella estudiar evitar existir éxito explicar
fácil falta familia feliz feria fiesta fin final flor fondo forma foto frente fresa fresco
frío fruta fuego fuente fuera fuerte futuro ganar gato gente girar gracias grande gris
gritar grupo guardar guerra gustar haber habitación hablar hacer hacia hambre hasta hay
hecho helado hermana hermano hermoso hierro hija hijo historia hoja hombre hombro hora hoy
huevo idea idioma iglesia igual importante invierno ir isla izquierda jardín jefe joven
juego jueves jugar junto justo la labio lado lago lágrima lámpara lápiz largo lavar leche
leer lejos lengua lento letra levantar ley libre libro limpio línea lista llamar llave
llegar llenar lleno llevar llorar lluvia luego lugar luna lunes luz madera madre maestro
mal maleta mañana mano mantener manzana mapa mar martes más mayor medio mejor memoria menos
mes mesa meter mi miedo miel mientras miércoles mil mirar mismo mitad momento montaña morir
mostrar mover mucho muerte mujer mundo música muy nacer nada nadar naranja nariz necesitar
negro nieve ninguno niña niño no noche nombre norte nosotros noticia novela nube nuestro
nueve nuevo número nunca o obra ocho octubre ocurrir oficina oír ojo olvidar once orilla
oro oscuro otoño otro padre pagar página país pájaro palabra pan papel para parar parecer
pared parque parte pasado pasar paseo paso patio paz pedir pelo pensar pequeño perder perro
persona pescado peso pie piedra piel pierna piso plato playa plaza pobre poco poder
pollo poner por porque precio pregunta primavera primero primo prisa probar problema pronto
pueblo puente puerta pues punto quedar querer queso quien quince quizá rápido razón recibir
recordar regalo reloj respuesta rey rico río rodilla rojo ropa rosa roto ruido sábado saber
sacar sal salir salud sangre seco seguir segundo seguro seis semana sentar sentir señor ser
si siempre siete siglo silencio silla sin sitio sobre sol solo sombra sombrero sonar sonido
sopa sorpresa su subir sueño suerte sur tal también tanto tarde taza té teatro techo tema
temprano tener tercero terminar tiempo tienda tierra tío tocar todavía todo tomar tonto
torre trabajo traer tranquilo tren tres triste último un único usar uva vaca vacío valle
vaso vecino veinte vender venir ventana ver verano verdad verde vestido vez viaje vida
viejo viento viernes vino visitar vivir volar volver voz vuelta y ya yo zapato)";

}  // namespace

constexpr LocaleText kEsEs = {
    .name = "es_ES",
    .language = "es",
    .country = "España",
    .country_code = "ES",
    .currency = "EUR",
    .calling_code = "+34",
    .iban_country = "ES",
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 12,
    .family_name_offset = 8,
    .male_titles = "D.*70\nSr.*27\nDr.*3",
    .female_titles = "D.ª*70\nSra.*27\nDra.*3",
    .sexes = "hombre mujer",
    .full_name = "{given_name} {family_name} {second_family_name}",
    .places = kPlaces,
    .postal_digits = 5,
    .postal_pattern = "(0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}",
    .streets = kStreets,
    .house_number_max = 150,
    .mobile_heads = "6xx,71x,72x,74x",
    .postal_code = "{postal_head}",
    .street = "{street}, {number}",
    .state = "{region}",
    .address = "{street_line}, {postal_code} {city}",
    .phone = "{phone_head} ## ## ##",
    .mobile = "{mobile_head} ## ## ##",
    .company_stems = kStems,
    .stem_patterns = kStemPatterns,
    .company_activities = kActivities,
    .company_forms = kForms,
    .company = "{company_activity} {company_stem}, {company_form}",
    .departments = kDepartments,
    .job_titles = kJobs,
    .words = kWords,
};

}  // namespace tamis
