// Names, places and words of Brazil. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael Daniel
Marcelo Bruno Eduardo Felipe Raimundo Rodrigo Manoel Mateus André Fernando Fábio Leonardo
Gustavo Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Sebastião Alexandre Roberto
Edson Diego Vítor Sérgio Cláudio Matheus Thiago Geraldo Adriano Luciano Júlio Renato Alex
Vinícius Rogério Samuel Ronaldo Mário Flávio Douglas Igor Davi Manuel Jeferson Cícero
Victor Miguel Robson Mauro Danilo Henrique Caio Reginaldo Joaquim Benedito Gilberto Marco
Alan Nelson Cristiano Elias Wilson Valdir Emerson Luan David Renan Severino Fabrício
Maurício Jonas Gilmar Jean Fabiano Wesley Diogo Adilson Jair Alessandro Everton Osvaldo
Gilson Willian Joel Silvio Hélio Maicon Reinaldo Pablo Artur Vagner Valter Celso Ivan
Cleiton Vanderlei Vicente Arthur Milton Domingos Wagner Sandro Moisés Edilson Ademir Adão
Evandro César Valmir Murilo Juliano Edvaldo Ailton Júnior Breno Nicolas Ruan Alberto Rubens
Nilton Augusto Cleber Osmar Nilson Hugo Otávio Ítalo Wilian Alisson Aparecido
Erick Ramon Enzo Heitor Bernardo Lorenzo Theo Benjamin Isaac
Nathan Yuri Ryan Kauã Cauã Emanuel Levi Calebe Ravi Anthony Noah Benício Pietro Raul
Lucca Gael Levy Bento Vitor_Hugo João_Pedro João_Vitor Pedro_Henrique Carlos_Eduardo
Luiz_Carlos Luiz_Fernando José_Carlos José_Roberto Paulo_Roberto Paulo_Henrique
Antônio_Carlos Marco_Antônio João_Paulo João_Carlos Luiz_Henrique Carlos_Alberto
Luiz_Gustavo José_Antônio José_Luiz Davi_Lucca Luiz_Antônio Kleber Kaique Jonathan
Washington Wellington Wallace Welington Walter Waldemar Valdemar Ubiratan Tales Tadeu
Tomás Saulo Ruy Romário Rômulo Rodolfo Régis Plínio Orlando Norberto Nivaldo Natanael
Messias Maximiliano Lourival Lindomar Laércio Kevin Juarez Josué Jonatas Jaime Ismael
Humberto Gérson Genival Frederico Ezequiel Estevão Ernesto Edmilson Dirceu Denílson Dênis
Damião Cristóvão Claudemir Caetano Bartolomeu Baltazar Arnaldo Armando Anísio Amaro Altair
Agnaldo Afonso)";

constexpr std::string_view kFemaleNames = R"(
Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda Patrícia Aline Sandra Camila
Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Gabriela Vera Vitória Larissa
Cláudia Beatriz Rita Luana Sônia Renata Eliane Josefa Simone Natália Cristiane Carla Débora
Rosângela Jaqueline Rosa Daniela Aparecida Marlene Terezinha Raimunda Andréia Fabiana
Lúcia Raquel Ângela Rafaela Joana Luzia Elaine Daniele Bianca Priscila Marta Isabel Eliana
Luciene Regina Elisângela Marcela Carolina Rosana Tatiane Luiza Solange Roberta Isabela
Helena Cristina Alice Laura Sueli Tânia Mônica Karine Rosilene Lorena Alessandra Thaís
Rose Ivone Marina Valéria Silvana Denise Paula Lívia Taís Sabrina Tereza Rayane Isadora
Sofia Manuela Valentina Heloísa Lara Cecília Eloá Melissa Yasmin Emanuelly Rebeca Esther
Nicole Sara Clara Mirella Lavínia Luísa Catarina Maitê Stella Maria_Eduarda Maria_Clara
Maria_Luíza Maria_Aparecida Maria_José Maria_Helena Maria_Júlia Maria_Alice Maria_Cecília
Ana_Paula Ana_Clara Ana_Júlia Ana_Beatriz Ana_Luíza Ana_Carolina Ana_Lúcia Ana_Maria
Ana_Cláudia Maria_das_Graças Maria_de_Fátima Maria_de_Lourdes Maria_do_Carmo
Maria_da_Conceição Maria_das_Dores Maria_do_Socorro Maria_Fernanda Flávia Gisele Graziela
Giovana Gabrielle Geovana Ingrid Iara Inês Irene Iracema Ivete Ivonete Jandira Janaína
Jussara Joyce Josiane Jucélia Kátia Karina Kelly Lidiane Lilian Lourdes Madalena Magali
Margarida Marilene Marisa Marli Michele Miriam Milena Mirian Mayara Naiara Nair Neide
Neusa Noemi Nilza Norma Olga Olívia Pamela Poliana Quitéria Rosemeire Roseli Rosimeire
Ruth Samara Selma Severina Shirlei Sheila Suelen Susana Talita Tatiana Teresa Vilma
Viviane Vivian Yara Zélia Zilda Zuleica Adélia Agatha Alana Alícia Amélia Antonella
Aurora Ayla Bárbara Benedita Berenice Carmem Célia Cíntia Clarice Cleide Cleonice
Conceição Creusa Dalva Dayane Dirce Edna Elisa Elza Emília Érica Ester Eunice Evelyn
Fátima Glória Graça)";

constexpr std::string_view kFamilyNames = R"(
Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro
Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento
Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana
Teixeira Araújo Pinto Moura Cavalcante Correia Batista Campos Monteiro Castro Medeiros
Melo Borges Reis Cruz Miranda Sales Farias Moraes Azevedo Bezerra Barros Siqueira Xavier
Duarte Brito Tavares Guimarães Coelho Neves Pires Figueiredo Cunha Fonseca Rezende Viana
Aguiar Peixoto Leite Nogueira Macedo Queiroz Bastos Sampaio Maia Amaral Torres Pacheco
Matos Assis Vasconcelos Leal Franco Paiva Toledo Antunes Lacerda Amorim Braga Camargo
Prado Assunção Mota Sena Fontes Leão Galvão Magalhães Trindade Moreno Pimentel Bueno
Dantas Porto Paixão Alencar Lira Serra Garcia Pontes Guerra Furtado Valente Seixas Pessoa
Domingues Silveira Coutinho Brandão Barreto Chaves Aragão Rosa Santiago Simões Conceição
Evangelista Salgado Feitosa Goulart Saraiva Muniz Caldas Nobre Veiga Vargas Vidal Rangel
Rios Ventura Bittencourt Bernardes Bispo Caetano Camilo Campelo Carneiro Cordeiro Corrêa
Damasceno Diniz Dutra Esteves Falcão Faria Felix Ferraz Fidelis Fagundes Firmino
Florêncio Fraga França Frota Gama Gaspar Godoy Gouveia Gusmão Henrique Holanda Inácio
Jardim Jesus Leandro Lobo Loureiro Lourenço Luz Maciel Madeira Maranhão Marinho Mariano
Matias Meireles Mello Menezes Mesquita Morais Moretti Motta Nery Nóbrega Novaes
Ornelas Osório Pacífico Padilha Parente Patrício Paulino Paz Pedrosa Penha Pessanha
Pinheiro Portela Quadros Quintana Rabelo Ramalho Rego Rolim Romero Rossi Sabino Salvador
Sanches Sarmento Schmidt Schneider Serpa Severo Sobral Tenório Teles Telles
Torquato Uchoa Valadares Valença Varela Vaz Veloso Veras Vilela Villela Wagner
Weber Werneck Zanella Zanetti Abreu Accioly Albuquerque Alcântara Anjos Aquino Arruda
Ávila Bandeira Barcelos Becker Belém Beltrão Benites Bertoldo Bianchi Boaventura Bonfim
Botelho Brandt Brasil Brum Cabral Calixto Câmara Canuto Carmo Cerqueira César Cintra
Clemente Conti Couto Custódio Delgado Domingos Espíndola Espírito_Santo Esposito
Estrela Fischer Flores Fortes Frazão Freire Garcez Gentil Giordano Gonzaga Granja Grossi
Guedes Hoffmann Honório Jacinto Klein Krüger Lago Lemos Linhares Lins
Lucena Luna Macêdo Maldonado Mancini Mattos Mazza Meira Mendonça Milani Müller
Munhoz Nakamura Naves Negreiros Noronha Okamoto Pádua Palma Passos Pastore Peres
Perin Pinho Pirani Pompeu Portugal Prates Quaresma Ribas Ricci Romano Rosário Rufino
Russo Saldanha Salles Sato Seabra Sequeira Suzuki Takahashi Tanaka Tomaz Tonelli Toscano
Travassos Trevisan Vasques Vianna Yamamoto Zago)";

// Postal codes: ranges of the first five digits that the post gives to the city. Phones: the area
// code; Brazil keeps no numbers for films. Inhabitants in thousands.
constexpr std::string_view kPlaces = R"(
#São Paulo|SP
São Paulo|01001-05899|11452|(11)
Guarulhos|07000-07399|1292|(11)
Campinas|13000-13139|1139|(19)
São Bernardo do Campo|09600-09899|811|(11)
Santo André|09000-09299|749|(11)
Osasco|06000-06299|729|(11)
Sorocaba|18000-18109|724|(15)
Ribeirão Preto|14000-14109|699|(16)
São José dos Campos|12200-12249|697|(12)
São José do Rio Preto|15000-15104|480|(17)
Santos|11000-11099|419|(13)
Mogi das Cruzes|08700-08899|451|(11)
Diadema|09900-09999|393|(11)
Jundiaí|13200-13219|443|(11)
Piracicaba|13400-13439|424|(19)
Bauru|17000-17109|379|(14)
Franca|14400-14414|352|(16)
Taubaté|12000-12119|311|(12)
Limeira|13480-13489|292|(19)
São Carlos|13560-13577|255|(16)
Araraquara|14800-14811|242|(16)
Presidente Prudente|19000-19109|226|(18)
Marília|17500-17539|237|(14)
#Rio de Janeiro|RJ
Rio de Janeiro|20000-23799|6211|(21)
São Gonçalo|24400-24799|897|(21)
Duque de Caxias|25000-25499|808|(21)
Nova Iguaçu|26000-26099|786|(21)
Niterói|24000-24399|482|(21)
Campos dos Goytacazes|28000-28149|483|(22)
Petrópolis|25600-25779|279|(24)
Volta Redonda|27200-27299|262|(24)
Macaé|27900-27979|247|(22)
#Minas Gerais|MG
Belo Horizonte|30000-31999|2316|(31)
Uberlândia|38400-38415|713|(34)
Contagem|32000-32399|622|(31)
Juiz de Fora|36000-36109|541|(32)
Betim|32500-32899|411|(31)
Montes Claros|39400-39409|414|(38)
Uberaba|38000-38109|338|(34)
Governador Valadares|35000-35109|257|(33)
Ipatinga|35160-35164|228|(31)
Sete Lagoas|35700-35703|227|(31)
Divinópolis|35500-35504|231|(37)
Poços de Caldas|37700-37719|164|(35)
#Espírito Santo|ES
Serra|29160-29184|521|(27)
Vila Velha|29100-29129|468|(27)
Cariacica|29140-29159|353|(27)
Vitória|29000-29099|323|(27)
Cachoeiro de Itapemirim|29300-29324|186|(28)
#Bahia|BA
Salvador|40000-41999|2418|(71)
Feira de Santana|44000-44149|616|(75)
Vitória da Conquista|45000-45109|371|(77)
Camaçari|42800-42849|300|(71)
Itabuna|45600-45613|186|(73)
Juazeiro|48900-48919|237|(74)
Ilhéus|45650-45669|179|(73)
#Sergipe|SE
Aracaju|49000-49099|603|(79)
Nossa Senhora do Socorro|49160-49169|193|(79)
#Alagoas|AL
Maceió|57000-57099|958|(82)
Arapiraca|57300-57319|235|(82)
#Pernambuco|PE
Recife|50000-52999|1489|(81)
Jaboatão dos Guararapes|54000-54499|644|(81)
Olinda|53000-53399|350|(81)
Caruaru|55000-55099|378|(81)
Petrolina|56300-56334|387|(87)
Paulista|53400-53449|342|(81)
#Paraíba|PB
João Pessoa|58000-58099|834|(83)
Campina Grande|58400-58449|420|(83)
#Rio Grande do Norte|RN
Natal|59000-59139|751|(84)
Mossoró|59600-59649|265|(84)
Parnamirim|59140-59161|253|(84)
#Ceará|CE
Fortaleza|60000-61599|2429|(85)
Caucaia|61600-61699|356|(85)
Juazeiro do Norte|63000-63059|286|(88)
Sobral|62000-62114|203|(88)
Maracanaú|61900-61939|234|(85)
#Piauí|PI
Teresina|64000-64099|866|(86)
Parnaíba|64200-64219|162|(86)
#Maranhão|MA
São Luís|65000-65109|1038|(98)
Imperatriz|65900-65919|273|(99)
#Pará|PA
Belém|66000-66999|1303|(91)
Ananindeua|67000-67199|478|(91)
Santarém|68000-68109|331|(93)
Marabá|68500-68514|266|(94)
#Amapá|AP
Macapá|68900-68911|443|(96)
#Amazonas|AM
Manaus|69000-69099|2064|(92)
#Roraima|RR
Boa Vista|69300-69339|413|(95)
#Acre|AC
Rio Branco|69900-69923|365|(68)
#Rondônia|RO
Porto Velho|76800-76834|460|(69)
Ji-Paraná|76900-76914|124|(69)
#Tocantins|TO
Palmas|77000-77249|303|(63)
Araguaína|77800-77849|171|(63)
#Goiás|GO
Goiânia|74000-74899|1437|(62)
Aparecida de Goiânia|74900-74999|528|(62)
Anápolis|75000-75149|399|(62)
Rio Verde|75900-75914|225|(64)
#Distrito Federal|DF
Brasília|70000-72799|2817|(61)
#Mato Grosso|MT
Cuiabá|78000-78109|650|(65)
Várzea Grande|78110-78169|300|(65)
Rondonópolis|78700-78749|245|(66)
Sinop|78550-78559|196|(66)
#Mato Grosso do Sul|MS
Campo Grande|79000-79124|898|(67)
Dourados|79800-79849|243|(67)
Três Lagoas|79600-79649|132|(67)
#Paraná|PR
Curitiba|80000-82999|1774|(41)
Londrina|86000-86109|556|(43)
Maringá|87000-87109|410|(44)
Ponta Grossa|84000-84109|358|(42)
Cascavel|85800-85829|348|(45)
São José dos Pinhais|83000-83149|329|(41)
Foz do Iguaçu|85850-85872|285|(45)
Guarapuava|85000-85109|182|(42)
Paranaguá|83200-83254|146|(41)
#Santa Catarina|SC
Joinville|89200-89239|616|(47)
Florianópolis|88000-88099|537|(48)
Blumenau|89000-89099|361|(47)
São José|88100-88123|270|(48)
Chapecó|89800-89815|255|(49)
Itajaí|88300-88319|264|(47)
Criciúma|88800-88819|214|(48)
Lages|88500-88534|165|(49)
Balneário Camboriú|88330-88339|139|(47)
#Rio Grande do Sul|RS
Porto Alegre|90000-91999|1332|(51)
Caxias do Sul|95000-95124|463|(54)
Canoas|92000-92449|347|(51)
Pelotas|96000-96099|325|(53)
Santa Maria|97000-97119|272|(55)
Gravataí|94000-94319|265|(51)
Novo Hamburgo|93300-93548|227|(51)
São Leopoldo|93000-93179|217|(51)
Rio Grande|96200-96229|191|(53)
Passo Fundo|99000-99099|206|(54)
Uruguaiana|97500-97519|117|(55)
)";

constexpr std::string_view kStreets = R"(
Rua São José; Rua Santo Antônio; Rua São João; Rua São Pedro; Rua São Paulo; Rua São Francisco;
Rua São Sebastião; Rua São Jorge; Rua São Luiz; Rua São Miguel; Rua Santa Maria; Rua Santa Rita;
Rua Santa Luzia; Rua Santa Catarina; Rua Sete de Setembro; Rua Quinze de Novembro;
Rua XV de Novembro; Rua Primeiro de Maio; Rua Treze de Maio; Rua Vinte e Um de Abril;
Rua Dom Pedro I; Rua Dom Pedro II; Avenida Dom Pedro II; Rua Tiradentes; Rua Castro Alves;
Rua Rui Barbosa; Avenida Rui Barbosa; Rua Duque de Caxias; Avenida Duque de Caxias;
Rua Marechal Deodoro; Rua Marechal Floriano; Rua Floriano Peixoto; Rua Benjamin Constant;
Rua Getúlio Vargas; Avenida Getúlio Vargas; Avenida Presidente Vargas; Rua Presidente Kennedy;
Avenida Presidente Kennedy; Avenida Juscelino Kubitschek; Rua Santos Dumont;
Avenida Santos Dumont; Rua José Bonifácio; Rua Barão do Rio Branco; Avenida Rio Branco;
Rua Princesa Isabel; Avenida Princesa Isabel; Rua Joaquim Nabuco; Rua Machado de Assis;
Rua José de Alencar; Rua Olavo Bilac; Rua Gonçalves Dias; Rua Monteiro Lobato;
Rua Cecília Meireles; Rua Euclides da Cunha; Rua Osvaldo Cruz; Rua Carlos Gomes;
Rua Visconde de Mauá; Rua Almirante Barroso; Rua Almirante Tamandaré; Rua General Osório;
Rua General Câmara; Rua Coronel Fernando Prestes; Rua Padre Anchieta; Rua Padre Cícero;
Rua Frei Caneca; Rua Anita Garibaldi; Rua Bento Gonçalves; Rua Voluntários da Pátria;
Rua da Independência; Avenida Independência; Avenida Brasil; Rua Brasil; Avenida Central;
Avenida Goiás; Avenida Amazonas; Avenida São João; Avenida das Nações; Avenida das Américas;
Rua Principal; Rua do Comércio; Rua da Paz; Rua da Liberdade; Rua da República; Rua da Matriz;
Rua da Igreja; Rua da Saudade; Rua do Porto; Rua do Sol; Rua da Lua; Rua das Flores;
Rua das Rosas; Rua das Palmeiras; Rua das Acácias; Rua das Orquídeas; Rua das Hortênsias;
Rua das Margaridas; Rua das Violetas; Rua das Camélias; Rua das Azaleias; Rua das Magnólias;
Rua das Mangueiras; Rua dos Ipês; Rua dos Pinheiros; Rua dos Eucaliptos; Rua dos Coqueiros;
Rua dos Cravos; Rua dos Lírios; Rua dos Jasmins; Rua das Araucárias; Rua dos Pardais;
Rua dos Canários; Rua das Andorinhas; Rua dos Bem-te-vis; Rua dos Sabiás; Rua Beija-Flor;
Rua Amazonas; Rua Bahia; Rua Ceará; Rua Goiás; Rua Maranhão; Rua Mato Grosso; Rua Minas Gerais;
Rua Pará; Rua Paraíba; Rua Paraná; Rua Pernambuco; Rua Piauí; Rua Rio de Janeiro;
Rua Rio Grande do Sul; Rua Rio Grande do Norte; Rua Sergipe; Rua Espírito Santo; Rua Alagoas;
Rua Belo Horizonte; Rua Curitiba; Rua Porto Alegre; Rua Recife; Rua Salvador; Rua Fortaleza;
Rua Brasília; Rua Argentina; Rua Uruguai; Rua Paraguai; Rua Chile; Rua Portugal; Rua Itália;
Rua Espanha; Rua França; Rua Alemanha; Rua Japão; Rua Tupi; Rua Guarani; Rua Tamoios;
Rua Tupinambás; Rua Carijós; Rua Aimorés; Rua Xavantes; Rua Boa Vista; Rua Bela Vista;
Rua Alto da Serra; Rua do Campo; Rua da Serra; Rua da Mata; Rua da Fonte; Rua do Rosário;
Rua do Carmo; Rua da Conceição; Rua Nossa Senhora Aparecida; Rua Nossa Senhora de Fátima;
Rua Nossa Senhora das Graças; Rua Bom Jesus; Rua Bom Pastor; Travessa São José; Travessa da Paz;
Travessa das Flores; Alameda Santos; Alameda dos Anjos; Alameda das Palmeiras; Praça da Sé;
Praça da Matriz; Praça da Bandeira; Praça Rui Barbosa; Estrada Velha; Estrada do Mar; Rua Um;
Rua Dois; Rua Três; Rua Quatro; Rua Cinco; Rua A; Rua B; Rua C; Rua Projetada; Rua João Pessoa;
Rua Joana Angélica; Rua Maria Quitéria; Rua Afonso Pena; Avenida Afonso Pena; Rua Campos Sales;
Rua Prudente de Morais; Rua Rodrigues Alves; Rua Epitácio Pessoa; Rua Washington Luís
)";

constexpr std::string_view kStems = R"(
Bandeirantes; Guanabara; Ipiranga; Iguaçu; Paulista; Mineira; Gaúcha; Nordeste; Pantanal; Cerrado;
Planalto; Litoral; Boa Esperança; Boa Vista; Bom Jesus; Bom Sucesso; Cruzeiro do Sul;
Estrela do Norte; Estrela do Sul; Sol Nascente; Primavera; Progresso; União; Aliança; Horizonte;
Ideal; Imperial; Nova Era; Novo Mundo; Nova Esperança; Santa Clara; Santa Fé; Santa Rita;
São Cristóvão; São Jorge; São Judas; Três Irmãos; Três Rios; Serra Azul; Serra Verde; Pau-Brasil;
Araucária; Ipê Amarelo; Jatobá; Tropical
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} & {}
{} & Filhos
Irmãos {}
)";

constexpr std::string_view kActivities = R"(
Construtora; Incorporadora; Imobiliária; Engenharia; Projetos; Materiais de Construção; Elétrica;
Hidráulica; Esquadrias; Marcenaria; Móveis; Madeireira; Cerâmica; Metalúrgica; Siderúrgica;
Usinagem; Ferramentas; Máquinas; Equipamentos; Embalagens; Plásticos; Papelaria; Gráfica; Editora;
Comunicação; Publicidade; Eventos; Produções; Informática; Sistemas; Tecnologia; Telecomunicações;
Consultoria; Contabilidade; Advocacia; Corretora de Seguros; Administradora; Transportes;
Logística; Transportadora; Turismo; Viagens; Hotel; Pousada; Restaurante; Churrascaria;
Lanchonete; Padaria; Confeitaria; Supermercado; Mercearia; Açougue; Frigorífico; Laticínios; Café;
Bebidas; Distribuidora; Atacadista; Comércio; Importadora; Auto Peças; Auto Center;
Oficina Mecânica; Pneus; Posto; Combustíveis; Energia Solar; Agropecuária; Fazenda; Sementes;
Fertilizantes; Usina; Farmácia; Drogaria; Clínica; Laboratório; Ótica; Odontologia; Academia;
Escola; Colégio; Livraria; Floricultura; Confecções; Tecidos; Calçados; Joalheria; Brinquedos;
Limpeza; Segurança; Vigilância; Reciclagem
)";

constexpr std::string_view kForms = R"(
Ltda.*72
S.A.*10
ME*10
EPP*5
Eireli*3
)";

constexpr std::string_view kDepartments = R"(
Diretoria; Recursos Humanos; Contabilidade; Financeiro; Jurídico; Compras; Vendas; Marketing;
Comunicação; Produção; Logística; Qualidade; Pesquisa e Desenvolvimento; Tecnologia da Informação;
Atendimento ao Cliente; Manutenção
)";

constexpr std::string_view kJobs = R"(
Auxiliar administrativo|Auxiliar administrativa;
Assistente administrativo|Assistente administrativa; Secretário executivo|Secretária executiva;
Recepcionista; Contador|Contadora; Auditor|Auditora; Economista;
Analista financeiro|Analista financeira; Analista de sistemas; Analista de dados;
Analista de recursos humanos; Analista de marketing; Diretor executivo|Diretora executiva;
Diretor comercial|Diretora comercial; Diretor financeiro|Diretora financeira; Gerente de vendas;
Gerente de projetos; Gerente de produção; Supervisor de vendas|Supervisora de vendas;
Coordenador pedagógico|Coordenadora pedagógica; Vendedor|Vendedora; Representante comercial;
Operador de caixa|Operadora de caixa; Operador de telemarketing|Operadora de telemarketing;
Comprador|Compradora; Bancário|Bancária; Corretor de imóveis|Corretora de imóveis;
Corretor de seguros|Corretora de seguros; Desenvolvedor de software|Desenvolvedora de software;
Programador|Programadora; Técnico em informática|Técnica em informática;
Técnico em segurança do trabalho|Técnica em segurança do trabalho; Consultor|Consultora;
Engenheiro civil|Engenheira civil; Engenheiro mecânico|Engenheira mecânica;
Engenheiro eletricista|Engenheira eletricista; Engenheiro de produção|Engenheira de produção;
Engenheiro agrônomo|Engenheira agrônoma; Arquiteto|Arquiteta; Médico|Médica; Pediatra;
Cirurgião|Cirurgiã; Dentista; Farmacêutico|Farmacêutica; Enfermeiro|Enfermeira;
Técnico de enfermagem|Técnica de enfermagem; Fisioterapeuta; Nutricionista; Psicólogo|Psicóloga;
Veterinário|Veterinária; Assistente social;
Agente comunitário de saúde|Agente comunitária de saúde; Professor|Professora;
Professor universitário|Professora universitária; Pesquisador|Pesquisadora;
Bibliotecário|Bibliotecária; Advogado|Advogada; Juiz|Juíza;
Promotor de justiça|Promotora de justiça; Escrivão|Escrivã; Policial militar; Bombeiro|Bombeira;
Vigilante; Porteiro|Porteira; Zelador|Zeladora; Servidor público|Servidora pública;
Carteiro|Carteira; Pedreiro|Pedreira; Servente de obras; Encanador|Encanadora; Eletricista;
Marceneiro|Marceneira; Pintor|Pintora; Soldador|Soldadora; Mecânico|Mecânica;
Torneiro mecânico|Torneira mecânica; Operador de máquinas|Operadora de máquinas;
Auxiliar de produção; Almoxarife; Estoquista; Motorista; Motorista de ônibus;
Caminhoneiro|Caminhoneira; Entregador|Entregadora; Cozinheiro|Cozinheira; Garçom|Garçonete;
Padeiro|Padeira; Açougueiro|Açougueira; Cabeleireiro|Cabeleireira; Manicure; Faxineiro|Faxineira;
Cuidador de idosos|Cuidadora de idosos; Agricultor|Agricultora; Jardineiro|Jardineira; Jornalista;
Tradutor|Tradutora; Publicitário|Publicitária; Designer gráfico|Designer gráfica;
Fotógrafo|Fotógrafa; Músico|Musicista; Ator|Atriz; Guia de turismo
)";

constexpr std::string_view kWords = R"(
abril abrir acabar achar acontecer açúcar agora água ainda ajudar alegria além algo alguém
algum ali alma almoço alto aluno amanhã amar amarelo amigo amor andar animal ano antes
antigo apenas aprender aquele aqui ar areia arroz arte árvore assim assunto até atrás avó
azul bairro baixo banco banho barco barulho bastante beber beijo beleza bem bicicleta boca
bola bolo bom bonito braço branco brincar brilho buscar cabeça cabelo cachorro cada cadeira
cadeia café cair caixa calma calor cama caminho camisa campo canção cansado cantar canto
cara carne carro carta casa caso castelo causa cavalo cedo cem centro certo céu chamar chão
chave chegar cheio cheiro chover chuva cidade cima cinco cinema claro coisa colher colocar
com começar comer comida como companhia comprar conhecer conseguir contar conta conto contra
conversa cor coração corpo correr costa cozinha crescer criança cuidar culpa curso curto da
dançar dar debaixo dedo deitar deixar dela dele demais dentro depois depressa descobrir
desde desejo dever dez dia diferente difícil dinheiro direito dizer doce doente dois dor
dormir duas durante duro e ela ele elevador em embora empresa encontrar energia enquanto
então entender entrada entrar escada escola escolher escrever escuro espaço espelho
esperança esperar esquecer esse esta estação estar este estrada estrela estudar eu exemplo
faca fácil falar faltar família famoso farinha fazer febre fechar feijão feio feliz feira
fevereiro ficar filha filho filme fim final fino flor floresta fogo folha fome forma forte
fraco frente frio fruta fugir futuro galinha ganhar garoto garrafa gato gelo gente gosto
governo grande grito grupo guardar guerra história hoje homem hora horta hotel idade ideia
igreja igual ilha importante início inteiro inverno ir irmã irmão isso janeiro janela
jantar jardim jogar jogo jornal jovem julho junho junto lá lado lago lápis laranja largo
lavar lembrar ler leite lento leve levar limpo língua linha livre livro logo loja longe
longo lua lugar luz maçã madeira mãe maior mais mal mala mandar manhã mão mapa máquina mar
março marido mas matar medo meia meio mel melhor memória menina menino menor menos mês mesa
mesmo meu mil milho minuto moça modo momento montanha morar morrer mostrar mover muito
mulher mundo muro museu música nada nadar não nariz nascer natal navio negócio nem nenhum
ninguém noite nome norte nós nosso nota notícia nove novo número nunca nuvem obra oito olhar
olho onde ônibus ontem orelha ouro outono outro outubro ouvir ovo pagar página pai país
palavra pão papel para parar parecer parede parte partir passado passar pássaro passeio
passo pé pedaço pedir pedra peixe pele pensar pequeno perder perfume pergunta perna perto
pessoa pintar piso planta pobre poder pois ponte ponto por porque porta porto pouco povo
praça praia prata prato precisar preço preto primavera primeiro primo problema procurar
professor pronto próximo puro quadro qual quando quanto quarto quase quatro que queijo quem
quente querer questão quieto rádio rápido razão receber rede rei relógio resposta rico rio
rir rocha rosa rosto roupa rua saber saco sair sal sala saúde se seco seguir segundo seis
semana sempre senhor sentar sentir ser serra sete seu silêncio sim simples sítio só sobre
sofá sol som sombra sonho sono sorriso sorte subir suco sul surpresa tal talvez também tanto
tarde teatro telefone telhado tema tempo ter terça terra tia tio tirar tocar todo tomar
trabalho trazer trem três triste tudo último um uva vaca valor varanda vazio velho vender
vento ver verão verdade verde vermelho vestido vez viagem vida vidro vila vinho vinte vir
viver vizinho voar você voltar vontade voz zero)";

}  // namespace

constexpr LocaleText kPtBr = {
    .name = "pt_BR",
    .language = "pt",
    .country = "Brasil",
    .country_code = "BR",
    .currency = "BRL",
    .calling_code = "+55",
    .iban_country = "BR",
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 5,
    .family_name_offset = 2,
    .male_titles = "Sr.*94\nDr.*6",
    .female_titles = "Sra.*94\nDra.*6",
    .sexes = "masculino feminino",
    .full_name = "{given_name} {second_family_name} {family_name}",
    .places = kPlaces,
    .postal_digits = 5,
    .postal_pattern = "[0-9]{5}-[0-9]{3}",
    .streets = kStreets,
    .house_number_max = 2500,
    .postal_code = "{postal_head}-{000..899}",
    .street = "{street}, {number}",
    .state = "{region_code}",
    .address = "{street_line}, {city} - {region_code}, {postal_code}",
    .phone = "{phone_head} 3###-####",
    .mobile = "{phone_head} 9####-####",
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
