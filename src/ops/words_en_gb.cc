// Names, places and words of the United Kingdom. See locale_text.h.
#include "ops/locale_text.h"

namespace tamis {
namespace {

constexpr std::string_view kMaleNames = R"(
David John Paul James Andrew Mark Michael Stephen Robert Richard Christopher Peter Thomas
Matthew Daniel William Simon Ian Kevin Anthony Steven Jonathan Philip Alan Martin Gary
Nicholas Benjamin Adam Joseph Luke Jack Joshua Samuel Alexander Ryan Craig Neil Stuart
Colin Graham Lee Jason Alistair Oliver George Harry Charlie Jacob Oscar
Noah Leo Muhammad Arthur Henry Archie Freddie Theo Theodore Alfie Logan Lucas Max Edward
Dylan Ethan Finley Isaac Mohammed Sebastian Toby Callum Liam Connor Jamie Nathan Aaron
Kieran Scott Dean Darren Wayne Carl Shaun Sean Barry Brian Keith Trevor Roger Derek Raymond
Dennis Terence Malcolm Geoffrey Ronald Kenneth Roy Norman Leslie Gordon Donald Douglas
Stanley Ernest Albert Frederick Reginald Harold Cyril Sidney Leonard Gerald Clive Nigel
Adrian Duncan Gareth Rhys Owen Dafydd Huw Ieuan Ewan Euan Hamish Angus Fraser Cameron
Ross Rory Fergus Alasdair Gregor Campbell Lewis Elliot Elliott Dominic Gavin Glenn Julian
Justin Karl Marcus Robin Russell Timothy Tony Vincent Jeremy Damian Francis Gregory Hugh
Hugo Jude Louis Rupert Giles Miles Piers Quentin Barnaby Jasper Felix Rowan Reuben
Tobias Zachary Caleb Eli Ezra Gabriel Harrison Harvey Hunter Jackson Jenson Joel Jordan
Kai Kian Kyle Mason Ollie Ralph Reece Riley Ronnie Teddy Tommy Tyler Albie
Bobby Frankie Frank Jay Ahmed Ali Imran Mohammad Hamza Ibrahim Yusuf Omar Usman Bilal Arjun
Rohan Raj Sanjay Sunil Vikram Amit Deepak Tariq Zain Haroon)";

constexpr std::string_view kFemaleNames = R"(
Susan Sarah Margaret Karen Julie Elizabeth Emma Jane Helen Claire Nicola Rebecca Laura
Jennifer Louise Rachel Victoria Charlotte Amy Emily Hannah Sophie Jessica Lucy Katie
Samantha Michelle Lisa Alison Angela Jacqueline Christine Patricia Linda Deborah Tracey
Sharon Amanda Joanne Caroline Catherine Katherine Kathryn Anne Ann Mary Jean Joan Dorothy
Barbara Sheila Maureen Pauline Carol Sandra Janet Gillian Hilary Judith Olivia Amelia Isla
Ava Mia Ivy Lily Isabella Rosie Sophia Grace Willow Freya Florence Ella Evie Poppy Elsie
Daisy Sienna Phoebe Alice Evelyn Isabelle Millie Harper Matilda Ruby Erin Scarlett Chloe
Ellie Molly Holly Imogen Eleanor Abigail Georgia Bethany Megan Lauren Jade Paige Leah
Natalie Danielle Kelly Kerry Gemma Stacey Zoe Kirsty Fiona Eilidh Mairi Catriona Morag
Shona Isobel Ailsa Skye Iona Ceri Sian Rhiannon Bethan Angharad Carys Cerys Seren Nia
Ffion Lowri Gwen Siobhan Niamh Orla Aoife Roisin Caitlin Bridget Kathleen Eileen
Doreen Brenda Beryl Joyce Irene Hilda Edna Edith Ethel Winifred Gladys Vera Marjorie Muriel
Audrey June Sylvia Shirley Valerie Marion Marilyn Rosemary Rosalind Penelope Philippa
Harriet Henrietta Beatrice Clementine Cordelia Ottilie Arabella Annabel Francesca Felicity
Tabitha Jemima Martha Miriam Naomi Lydia Nancy Peggy Ada Mabel Maisie Maeve Hallie Lottie
Thea Violet Luna Aria Mila Robyn Penny Wendy Yvonne Yasmin Ayesha Aisha Fatima
Zainab Maryam Khadija Sana Priya Anita Meera Nisha Sunita Kiran Simran Jasmine Anna
Alexandra Stephanie Tara Tamsin Lorraine Elaine Diane Donna Dawn Debbie Beverley Lesley
Heather Hazel Ruth Frances Josephine Teresa Theresa Veronica Melanie Kim Tina Lynn Lynne
Mandy Vivienne Geraldine Bernadette)";

constexpr std::string_view kFamilyNames = R"(
Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson
Thompson Wright Walker White Edwards Hughes Green Hall Lewis Harris Clarke Patel Jackson
Wood Turner Martin Cooper Hill Ward Morris Moore Clark Lee King Baker Harrison Morgan Allen
James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths Mitchell Kelly Cook
Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Richards Khan Marshall
Anderson Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell Webb Rogers Gray
Mason Ali Hunt Hussain Campbell Matthews Owen Palmer Holmes Mills Barnes Knight Lloyd
Butler Russell Barker Fisher Stevens Jenkins Murray Dixon Harvey Graham Pearson Ahmed
Fletcher Walsh Kaur Gibson Howard Andrews Stewart Elliott Reynolds Saunders Payne Fox Ford
Pearce Day Brooks West Lawrence Cole Atkinson Bradley Spencer Gill Dawson Watts Burton
O'Brien Wells Webster Rose Hart Perry Armstrong Hopkins Bird Boyle Francis Hayes Newman
Berry Stone Hudson Hunter Lane Bates Carr Ryan Gardner Barrett Porter Pritchard Byrne
Henderson Johnston Robertson Thomson MacDonald McDonald Reid Ross Paterson Duncan Cameron
Ferguson Kerr Morrison Hamilton Grant Sinclair Wallace Crawford Fraser MacLeod Mackenzie
McKenzie Buchanan Sutherland Cunningham Douglas Gordon Munro Ritchie Burns Rees Howells
Bowen Probert Bevan Parry Vaughan Pugh Meredith Llewellyn Humphreys
Kennedy Doherty McLaughlin O'Neill O'Connor Gallagher Quinn Doyle Sullivan Lynch Burke
Dunn Doran Nolan Black Blackburn Booth Bowers Bradshaw Briggs Brookes Bryant Bull Burgess
Burrows Bush Cartwright Chambers Charlton Coates Coleman Connolly Cross Crossley Curtis
Dale Daly Dean Dennis Dobson Dyer Eaton Farrell Faulkner Field Finch Fleming
Flynn Forster Fowler Franklin Freeman French Frost Fuller Gallacher Gardiner Garner
Gibbons Gilbert Giles Goddard Goodwin Gough Gould Greenwood Gregory Griffin Haines Hammond
Hancock Harding Hardy Harper Hartley Harwood Hawkins Haynes Heath Hewitt Hicks Higgins
Hilton Hobbs Hodgson Holden Holland Hollis Holloway Holt Hooper Hope Houghton Howarth Howe
Humphries Hurst Hutchinson Iqbal Jarvis Jennings Jordan Joyce Kay Kemp Kent Kirby Kirk
Knowles Lamb Lambert Leach Leonard Little Long Lowe Lucas Lyons Mahmood Mann Manning Marsden
Marsh May McCarthy Mellor Metcalfe Middleton Miah Miles Moran Morton Moss Naylor Nash Nelson
Newton Nicholls Nicholson Norman Norris North Norton Oliver Osborne Page Parkin Parkinson
Parsons Peacock Perkins Peters Pickering Poole Pope Potter Potts Power Pratt Preston Randall
Rawlings Read Reed Rhodes Riley Robson Rowe Rowley Sanders Savage Schofield Sharma Sharp
Sharpe Shah Shepherd Short Skinner Slater Stephens Stephenson Stevenson Stokes Storey
Summers Sutton Swift Sykes Talbot Thornton Todd Townsend Tucker Tyler Vincent Wade Waller
Walters Walton Warner Warren Waters Weston Wheeler Whitehead Whittaker Wilkins Willis
Winter Woods Woodward Yates)";

// Postal codes: the outward codes of the post town. Phones: the numbers that the regulator keeps
// for drama, of the city where it keeps some, else of the area 01632 that nobody lives in.
// Inhabitants in thousands.
constexpr std::string_view kPlaces =
    R"(
#Greater London|ENG|020 7946 0
London|E1-18,N1-22,NW1-11,SE1-28,SW2-20,W2-14,EC1A,EC1N,EC1R,EC1V,EC2A,EC2M,EC3A,EC3M,EC4A,EC4M,)"
    R"(WC1A,WC1B,WC1H,WC1N,WC1X,WC2A,WC2B,WC2E,WC2H,)"
    R"(W1B,W1D,W1F,W1G,W1H,W1J,W1K,W1S,W1T,W1U,W1W,SW1A,SW1E,SW1H,SW1P,SW1V,SW1W,SW1X,SW1Y|8100
Croydon|CR0,CR2|390
Bromley|BR1,BR2|90
Harrow|HA1-3|150
Enfield|EN1-3|160
Ilford|IG1-6|170
Romford|RM1-7|130
Kingston upon Thames|KT1,KT2|45
Sutton|SM1-3|42
Twickenham|TW1,TW2|63
Uxbridge|UB8,UB10|70
#Greater Manchester|ENG|0161 496 0
Manchester|M1-4,M8-9,M11-16,M18-23|568
Salford|M5-7|130
Bolton|BL1-6|185|01632 960
Oldham|OL1-4,OL8-9|111
Rochdale|OL11-12|111|01632 960
Stockport|SK1-8|138
Wigan|WN1-6|108|01632 960
#West Midlands|ENG|0121 496 0
Birmingham|B1-21,B23-38|1145
Coventry|CV1-6|345|01632 960
Wolverhampton|WV1-6,WV10-11|264|01632 960
Solihull|B90-94|127
Dudley|DY1-3|80|01632 960
Walsall|WS1-5|68|01632 960
#West Yorkshire|ENG|01632 960
Leeds|LS1-19|536|0113 496 0
Bradford|BD1-15|366
Huddersfield|HD1-8|142
Wakefield|WF1-4|110
Halifax|HX1-4|88
#South Yorkshire|ENG|01632 960
Sheffield|S1-14,S17|500|0114 496 0
Doncaster|DN1-5|113
Rotherham|S60-61,S65-66|110
Barnsley|S70-75|96
#East Riding of Yorkshire|ENG|01632 960
Hull|HU1-9|267
Bridlington|YO15-16|35
#North Yorkshire|ENG|01632 960
York|YO1,YO10,YO23-24,YO26,YO30-32|141
Harrogate|HG1-3|76
Middlesbrough|TS1-8|148
Scarborough|YO11-13|61
#Merseyside|ENG|0151 496 0
Liverpool|L1-25|486
Birkenhead|CH41-42|110
Southport|PR8-9|94|01632 960
St Helens|WA9-11|103|01632 960
#Cheshire|ENG|01632 960
Chester|CH1-3|88
Warrington|WA1-5|175
Crewe|CW1-3|76
#Lancashire|ENG|01632 960
Preston|PR1-5|148
Blackpool|FY1-4|139
Blackburn|BB1-2|121
Burnley|BB10-12|79
Lancaster|LA1-2|53
#Cumbria|ENG|01632 960
Carlisle|CA1-6|76
Barrow-in-Furness|LA13-14|56
Kendal|LA8-9|29
#Tyne and Wear|ENG|0191 498 0
Newcastle upon Tyne|NE1-7,NE15|300
Sunderland|SR1-6|168
Gateshead|NE8-11|120
South Shields|NE33-34|76
#County Durham|ENG|01632 960
Durham|DH1|50|0191 498 0
Darlington|DL1-3|93
Hartlepool|TS24-27|88
#Nottinghamshire|ENG|0115 496 0
Nottingham|NG1-11|324
Mansfield|NG18-19|78|01632 960
#Derbyshire|ENG|01632 960
Derby|DE1,DE21-24|261
Chesterfield|S40-43|89
#Leicestershire|ENG|0116 496 0
Leicester|LE1-5|368
Loughborough|LE11-12|65|01632 960
#Lincolnshire|ENG|01632 960
Lincoln|LN1-6|103
Grimsby|DN31-34|86
Boston|PE21|46
#Staffordshire|ENG|01632 960
Stoke-on-Trent|ST1-4,ST6|258
Stafford|ST16-18|72
Burton upon Trent|DE13-15|76
#Shropshire|ENG|01632 960
Telford|TF1-5|155
Shrewsbury|SY1-5|77
#Northamptonshire|ENG|01632 960
Northampton|NN1-5|245
Kettering|NN15-16|63
Corby|NN17-18|68
#Warwickshire|ENG|01632 960
Rugby|CV21-23|78
Stratford-upon-Avon|CV37|31
Leamington Spa|CV31-32|50
#Worcestershire|ENG|01632 960
Worcester|WR1-5|104
Redditch|B97-98|81
#Gloucestershire|ENG|01632 960
Gloucester|GL1-4|132
Cheltenham|GL50-53|118
#City of Bristol|ENG|0117 496 0
Bristol|BS1-11,BS13-16|472
#Somerset|ENG|01632 960
Bath|BA1-2|94
Taunton|TA1-3|65
Yeovil|BA20-22|50
Weston-super-Mare|BS22-24|82
#Wiltshire|ENG|01632 960
Swindon|SN1-5|183
Salisbury|SP1-2|41
#Oxfordshire|ENG|01632 960
Oxford|OX1-4|162
Banbury|OX16|54
#Buckinghamshire|ENG|01632 960
Milton Keynes|MK1-15|230
High Wycombe|HP10-15|75
Aylesbury|HP19-21|63
#Bedfordshire|ENG|01632 960
Luton|LU1-4|225
Bedford|MK40-42|92
#Cambridgeshire|ENG|01632 960
Cambridge|CB1-5|145
Peterborough|PE1-4|179
#Hertfordshire|ENG|01632 960
Watford|WD17-19,WD24-25|102
St Albans|AL1-4|75
Stevenage|SG1-2|89
Hemel Hempstead|HP1-3|96
#Essex|ENG|01632 960
Southend-on-Sea|SS1-3|180
Colchester|CO1-4|130
Chelmsford|CM1-3|111
Basildon|SS13-16|115
#Suffolk|ENG|01632 960
Ipswich|IP1-4|139
Lowestoft|NR32-33|71
Bury St Edmunds|IP32-33|41
#Norfolk|ENG|01632 960
Norwich|NR1-8|144
King's Lynn|PE30|47
Great Yarmouth|NR30-31|38
#Kent|ENG|01632 960
Maidstone|ME14-17|110
Canterbury|CT1-4|55
Ashford|TN23-25|83
Gillingham|ME7-8|108
Dartford|DA1-2|72
#Surrey|ENG|01632 960
Guildford|GU1-4|81
Woking|GU21-22|104
Reigate|RH2|22
#East Sussex|ENG|01632 960
Brighton|BN1-2|230
Hastings|TN34-35|91
Eastbourne|BN20-23|100
#West Sussex|ENG|01632 960
Crawley|RH10-11|118
Worthing|BN11-14|111
Horsham|RH12-13|51
#Hampshire|ENG|01632 960
Southampton|SO14-19|249
Portsmouth|PO1-6|208
Basingstoke|RG21-24|114
Winchester|SO22-23|48
#Berkshire|ENG|0118 496 0
Reading|RG1-2,RG4,RG6,RG30-31|175
Slough|SL1-3|158|01632 960
Bracknell|RG12|84|01632 960
#Dorset|ENG|01632 960
Bournemouth|BH1-11|196
Poole|BH12-17|152
Weymouth|DT3-4|53
#Devon|ENG|01632 960
Plymouth|PL1-7|264
Exeter|EX1-4|130
Torquay|TQ1-2|65
#Cornwall|ENG|01632 960
Truro|TR1-4|23
Falmouth|TR11|24
St Austell|PL25-26|20
#Herefordshire|ENG|01632 960
Hereford|HR1-4|61
#City of Edinburgh|SCT|0131 496 0
Edinburgh|EH1-17|506
#Glasgow City|SCT|0141 496 0
Glasgow|G1-5,G11-15,G20-23,G31-34,G40-45,G51-53|622
#Aberdeen City|SCT|01632 960
Aberdeen|AB10-12,AB15-16,AB24-25|198
#Dundee City|SCT|01632 960
Dundee|DD1-5|148
#Highland|SCT|01632 960
Inverness|IV1-3|47
#Perth and Kinross|SCT|01632 960
Perth|PH1-2|47
#Stirling|SCT|01632 960
Stirling|FK7-9|37
#Fife|SCT|01632 960
Dunfermline|KY11-12|58
Kirkcaldy|KY1-2|50
#Renfrewshire|SCT|0141 496 0
Paisley|PA1-3|77
#Cardiff|WLS|029 2018 0
Cardiff|CF3,CF5,CF10-11,CF14-15,CF23-24|362
#Swansea|WLS|01632 960
Swansea|SA1-7|246
#Newport|WLS|01632 960
Newport|NP10,NP18-20|160
#Wrexham|WLS|01632 960
Wrexham|LL11-14|65
#Gwynedd|WLS|01632 960
Bangor|LL57|18
#Carmarthenshire|WLS|01632 960
Llanelli|SA14-15|43
#Belfast|NIR|028 9649 6
Belfast|BT1-17|345
#Derry and Strabane|NIR|028 9649 6
Londonderry|BT47-48|85|01632 960
#Lisburn and Castlereagh|NIR|028 9649 6
Lisburn|BT27-28|51|01632 960
)";

// Letters that inward codes may end with: none of C, I, K, M, O and V.
constexpr std::string_view kInwardLetters = "ABDEFGHJLNPQRSTUWXYZ";

constexpr std::string_view kStreets = R"(
High Street; Station Road; Main Street; Church Street; Church Lane; Victoria Road; Park Road;
Church Road; London Road; Manor Road; New Road; Green Lane; Park Avenue; The Avenue; The Crescent;
Queens Road; New Street; Grange Road; Kings Road; Kingsway; Windsor Road; Highfield Road;
Mill Lane; Alexander Road; York Road; St John's Road; Main Road; Broadway; King Street; The Green;
Springfield Road; George Street; Park Lane; Victoria Street; Albert Road; Queensway; Queen Street;
West Street; North Street; Manchester Road; The Grove; Richmond Road; Grove Road; South Street;
School Lane; North Road; Stanley Road; Chester Road; Mill Road; Alexandra Road; Chapel Street;
Chapel Lane; School Road; Bridge Street; Market Street; Market Place; Mill Street; Oxford Road;
Cambridge Road; Bath Road; Bristol Road; Birmingham Road; Leicester Road; Nottingham Road;
Derby Road; Sheffield Road; Leeds Road; Wakefield Road; Liverpool Road; Preston Road;
Lancaster Road; Newcastle Road; Durham Road; Edinburgh Road; Glasgow Road; Cardiff Road;
Swansea Road; Exeter Road; Plymouth Road; Southampton Road; Winchester Road; Salisbury Road;
Dover Road; Canterbury Road; Maidstone Road; Brighton Road; Worthing Road; Hastings Road;
Norwich Road; Ipswich Road; Colchester Road; Elm Road; Elm Grove; Oak Road; Oak Avenue; Oak Drive;
Ash Grove; Ash Road; Beech Road; Beech Avenue; Beechwood Avenue; Birch Grove; Cedar Road;
Cedar Avenue; Chestnut Avenue; Chestnut Close; Hawthorn Road; Hawthorn Close; Hazel Grove;
Holly Road; Larch Close; Laurel Road; Lime Grove; Lime Tree Avenue; Maple Drive; Maple Close;
Oakfield Road; Orchard Road; Orchard Close; Orchard Street; Poplar Road; Poplar Avenue;
Rowan Close; Sycamore Close; Sycamore Drive; Willow Road; Willow Close; Woodland Avenue;
Woodlands Road; Woodside; Yew Tree Lane; Rose Lane; Primrose Hill; Bluebell Close; Lavender Close;
Honeysuckle Close; Heather Close; Fern Close; Meadow Lane; Meadow View; Meadow Close;
Fairfield Road; Broad Street; Broad Lane; Long Lane; Back Lane; Moor Lane; Moorland Road;
Hill Street; Hill Road; Hillside; Hillside Road; Hillcrest Avenue; Castle Street; Castle Road;
Abbey Road; Priory Road; Vicarage Road; Rectory Lane; Glebe Close; Church Close; Church Hill;
Church Walk; St Mary's Road; St James Street; St Peter's Road; St Andrew's Road; St George's Road;
St Michael's Road; St Paul's Road; St Martin's Lane; St Nicholas Street; All Saints Road;
Trinity Road; Trinity Street; Albert Street; Albert Terrace; Albion Street; Alma Road;
Balmoral Road; Sandringham Road; Clarence Road; Clarendon Road; Devonshire Road; Norfolk Road;
Suffolk Road; Essex Road; Sussex Road; Surrey Road; Kent Road; Cornwall Road; Somerset Road;
Warwick Road; Stafford Road; Lincoln Road; Cumberland Road; Northumberland Avenue; Argyle Street;
Nelson Street; Wellington Road; Wellington Street; Waterloo Road; Trafalgar Road; Gladstone Road;
Gladstone Street; Churchill Road; Cromwell Road; Milton Road; Shakespeare Road; Tennyson Road;
Byron Road; Wordsworth Avenue; Dickens Close; Livingstone Road; Percy Street; Princes Street;
Princess Street; Regent Street; Coronation Road; Jubilee Road; Crescent Road; Park Crescent;
Park Street; Park View; Riverside; River Street; Water Lane; Waterside; Bridge Road; Canal Street;
Wharf Road; Railway Street; Station Street; Foundry Lane; Forge Lane; Tannery Lane; Brewery Lane;
Quarry Road; Union Street; Commercial Road; Commercial Street; Industrial Street; John Street;
William Street; James Street; Charles Street; Henry Street; Edward Street; Thomas Street;
Mary Street; Cross Street; Cross Lane; Court Road; Hall Lane; Lodge Road; Garden Street;
East Street; Middle Street; Silver Street; Gold Street; Bell Lane; Swan Street; Red Lion Street;
Crown Street; Greenway; Fountain Street; Well Lane; Spring Gardens; Summer Lane; Cherry Tree Road;
Farm Road; Barn Close; Fields Close; Pinewood Drive
)";

constexpr std::string_view kStems = R"(
Albion; Avalon; Beacon; Blackthorn; Bluebell; Brambleside; Britannia; Camelot; Castlegate;
Cheviot; Chiltern; Clearwater; Cotswold; Crown; Dales; Dartmoor; Drummond; Eastgate; Evergreen;
Excalibur; Fairway; Fenland; Foxglove; Greenfield; Harbourside; Highland; Ironbridge; Kestrel;
Kingfisher; Lakeland; Lochside; Malvern; Meridian; Millbrook; Moorland; Northgate; Oakwood;
Old Mill; Orchard; Peak; Pennine; Phoenix; Pinnacle; Quayside; Redwood; Regency; Riverside; Rowan;
Saltmarsh; Severn; Silverstone; Snowdon; Sovereign; Stonebridge; Summit; Thistle; Thames Valley;
Tor; Trent; Tudor; Wessex; Westgate; Windmill; Yorkstone
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} & {}
{} & Sons
{} Brothers
)";

constexpr std::string_view kActivities = R"(
Builders; Construction; Roofing; Scaffolding; Plumbing & Heating; Electrical; Joinery; Kitchens;
Interiors; Flooring; Glazing; Plastering; Groundworks; Landscapes; Tree Services; Garden Centres;
Property Management; Estate Agents; Lettings; Homes; Developments; Architects; Surveyors;
Engineering; Fabrications; Precision Tools; Plant Hire; Instruments; Electronics; Controls;
Software; Systems; IT Solutions; Digital; Data Services; Networks; Telecoms; Security; Facilities;
Cleaning Services; Waste Management; Recycling; Renewables; Energy; Utilities; Haulage; Logistics;
Freight; Couriers; Removals; Motors; Garages; Tyres; Coaches; Taxis; Travel; Hotels; Inns;
Catering; Foods; Bakeries; Butchers; Dairies; Farms; Brewery; Distillers; Wines; Tea Company;
Textiles; Knitwear; Footwear; Jewellers; Furniture; Books; Publishing; Printing; Packaging;
Plastics; Chemicals; Pharmaceuticals; Healthcare; Dental Care; Opticians; Veterinary Practice;
Care Homes; Nurseries; Training; Recruitment; Consulting; Accountants; Solicitors;
Insurance Brokers; Financial Services; Investments; Marketing; Media; Design; Events; Photography;
Sports; Leisure
)";

constexpr std::string_view kForms = R"(
Ltd*78
Limited*10
LLP*5
plc*4
Group Ltd*3
)";

constexpr std::string_view kDepartments = R"(
Sales; Marketing; Finance; Accounts; Payroll; Human Resources; Legal; Procurement; Operations;
Production; Logistics; Quality Assurance; Research and Development; Information Technology;
Customer Service; Facilities
)";

constexpr std::string_view kJobs = R"(
Accountant; Accounts Assistant; Management Accountant; Auditor; Bookkeeper; Payroll Clerk;
Financial Adviser; Actuary; Economist; Bank Clerk; Mortgage Adviser; Insurance Underwriter;
Administrative Assistant; Office Manager; Personal Assistant; Receptionist;
Human Resources Manager; Recruitment Consultant; Managing Director; Finance Director;
Operations Manager; Project Manager; Product Manager; Business Analyst; Data Analyst;
Data Engineer; Software Developer; Web Developer; Systems Administrator; Network Engineer;
IT Support Technician; Test Analyst; Civil Engineer; Mechanical Engineer; Electrical Engineer;
Structural Engineer; Quantity Surveyor; Architect; Town Planner; Site Manager;
General Practitioner; Consultant Surgeon; Dentist; Dental Nurse; Pharmacist; Staff Nurse; Midwife;
Health Visitor; Paramedic; Physiotherapist; Occupational Therapist; Radiographer;
Healthcare Assistant; Care Worker; Social Worker; Psychologist; Optician; Veterinary Surgeon;
Veterinary Nurse; Primary School Teacher; Secondary School Teacher; Head Teacher;
Teaching Assistant; Nursery Nurse; University Lecturer; Research Fellow; Librarian; Barrister;
Solicitor; Legal Secretary; Paralegal; Police Officer; Prison Officer; Firefighter; Civil Servant;
Local Government Officer; Postal Worker; Bricklayer; Carpenter; Joiner; Plasterer; Plumber;
Electrician; Roofer; Painter and Decorator; Scaffolder; Welder; Gas Engineer; Car Mechanic;
Machine Operator; Production Supervisor; Warehouse Operative; Forklift Driver; Lorry Driver;
Bus Driver; Train Driver; Taxi Driver; Delivery Driver; Chef; Kitchen Assistant; Waiter|Waitress;
Barista; Baker; Butcher; Fishmonger; Shop Assistant; Store Manager; Estate Agent; Sales Executive;
Call Centre Agent; Hairdresser; Beautician; Cleaner; Caretaker; Gardener; Farmer; Florist;
Journalist; Editor; Translator; Graphic Designer; Photographer; Musician; Actor; Travel Agent
)";

constexpr std::string_view kWords = R"(
a able about above across actor actually after afternoon again against ago agree air all
almost alone along already also although always among an and animal another answer any
anybody apple April arm around arrive as ask at aunt autumn away baby back bad bag baker ball
bank basket bath be beach bean beautiful because bed before begin behind believe bell best
better between bicycle big bird biscuit bit black blanket blue boat body book boot borrow both
bottle bowl box boy bread break breakfast brick bridge bright bring broad brother brown brush
build building bus busy but butter button buy by cake call can candle car card careful carry
castle cat catch centre century certain chair chance change cheap cheese cherry child chimney
choose church circle city class clean clever climb clock close cloth cloud coach coast coat
coffee cold colour come common cook copper corner cottage cotton cough count country county
course cousin cover cow cream cross crowd cup cupboard curious curtain dance dark daughter day
dear decide deep deer defence different difficult dinner dish do doctor dog door double down
dozen draw dream dress drink drive drop dry duck during each early earth east easy eat edge
egg eight either eleven else empty end enjoy enough evening ever every everything except
expect eye face fair fall family famous far farm fast father favour favourite feather feel
fence few field fifteen fight fill film find fine finger finish fire first fish five flat
floor flour flower fly fog follow food foot for forest forget fork forty four fox fresh Friday
friend from front fruit full fun funny garden gate gentle get girl give glad glass glove go
goat gold good goose grandmother grass great green grey ground group grow guess guest guide
half hall hand handle happen happy harbour hard hat have hay he head hear heart heavy hedge
help hen her here hill him his holiday home honest honey honour hope horse hospital hot hotel
hour house how humour hundred hungry hurry I ice idea if important in ink inside instead
interest into iron island it jacket jam January job join journey juice July jump June just
keen keep kettle key kind king kitchen knee knife know labour ladder lake lamb lamp lane large
last late laugh lead leaf learn least leather leave left leg lemon lend less lesson let letter
library lift light like lilac line list listen litre little live local long look lorry lose
lost loud love low luck lunch machine make man many map March market marmalade matter May
maybe meadow meal mean meat meet member metre middle might mile milk mill mind minute mirror
Monday money month moon moor more morning most mother mountain mouse mouth move much mud music
must my name narrow near nearly neck need needle neighbour neither nest never new news next
nice night nine no nobody noise none north nose not note nothing now number oak oats October
of off offer office often oil old on once one onion only open or orange orchard order other our
out outside oven over own paint pair paper parcel parent park part party pass past path pay pea
pear pen pencil penny people pepper perhaps piano picture pie piece pillow pink pipe place
plain plate platform play please plenty plough plum pocket poem point police pond pony poor
post postman pot potato pound present pretty price prince programme proud pub pull pupil push
put quarter queen question queue quick quiet quite rabbit race railway rain raise rather reach
read ready real reason red remember rest return ribbon rich ride right ring rise river road
robin rock roof room rope rose round row rumour run sad safe sail salt same sand Saturday sauce
say school scissors sea seat second see seed seem sell send September serve set seven several
shade shall shape share sheep shelf shell ship shirt shoe shop short should shoulder shout show
shut side silver simple since sing sister sit six sky sleep slow small smile smoke snow so soap
sock soft soldier some song soon sorry sound soup south spade spend spoon spring square stable
stairs stamp stand star start station stay steam step stile still stone stop storm story
straight strange straw street strong such sugar suit summer sun Sunday supper sure sweet swim
table tail take talk tall tea teach team tell ten tent than thank that theatre then there thick
thing think third thirsty this though thought thousand three through Thursday ticket tide tidy
till time tiny tired to toast today together tomorrow too tooth top touch towards towel tower
town toy train tree trousers true try Tuesday turn twelve twenty two umbrella uncle under until
up useful usual valley vegetable very village violet visit voice wait walk wall want warm was
wash watch water wave way we wear weather Wednesday week welcome well west wet what wheat wheel
when where which while whisper white who whole why wide wife wild will wind window wine winter
wish with woman wonder wood wool word work world write yard year yellow yes yesterday yet you
young your)";

}  // namespace

constexpr LocaleText kEnGb = {
    .name = "en_GB",
    .language = "en",
    .country = "United Kingdom",
    .country_code = "GB",
    .currency = "GBP",
    .calling_code = "+44",
    .iban_country = "GB",
    .male_names = kMaleNames,
    .female_names = kFemaleNames,
    .family_names = kFamilyNames,
    .given_name_offset = 15,
    .family_name_offset = 30,
    .male_titles = "Mr*96\nDr*4",
    .female_titles = "Mrs*45\nMs*28\nMiss*23\nDr*4",
    .sexes = "male female",
    .full_name = "{given_name} {family_name}",
    .places = kPlaces,
    .postal_tails = kInwardLetters,
    .postal_pattern = "[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}",
    .streets = kStreets,
    .house_number_max = 180,
    .mobile_heads = "07700 900",
    .postal_code = "{postal_head} #{postal_tail}",
    .street = "{number} {street}",
    .state = "{region}",
    .address = "{street_line}, {city} {postal_code}",
    .phone = "{phone_head}###",
    .mobile = "{mobile_head}###",
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
