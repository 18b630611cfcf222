// What else is known of the USA than names, cities and streets: sexes, phones, companies, jobs. See
// locale_text.h; those are in words_people.cc and words_places.cc.
#include "ops/locale_text.h"

namespace tamis {
namespace {

// States in the order of UsPlaces().states with their area codes.
constexpr std::string_view kStates = R"(
#Alabama|AL|205,251,256,334
#Alaska|AK|907
#Arizona|AZ|480,520,602,623,928
#Arkansas|AR|479,501,870
#California|CA|209,213,310,323,408,415,510,530,559,619,626,650,661,)"
                                     R"(707,714,760,805,818,858,909,916,925,949
#Colorado|CO|303,719,720,970
#Connecticut|CT|203,860
#Delaware|DE|302
#District of Columbia|DC|202
#Florida|FL|239,305,321,352,386,407,561,727,754,772,786,813,850,863,904,941,954
#Georgia|GA|229,404,478,678,706,770,912
#Hawaii|HI|808
#Idaho|ID|208
#Illinois|IL|217,309,312,618,630,708,773,815,847
#Indiana|IN|219,260,317,574,765,812
#Iowa|IA|319,515,563,641,712
#Kansas|KS|316,620,785,913
#Kentucky|KY|270,502,606,859
#Louisiana|LA|225,318,337,504,985
#Maine|ME|207
#Maryland|MD|240,301,410,443
#Massachusetts|MA|413,508,617,774,781,978
#Michigan|MI|231,248,269,313,517,586,616,734,810,906,989
#Minnesota|MN|218,320,507,612,651,763,952
#Mississippi|MS|228,601,662
#Missouri|MO|314,417,573,636,660,816
#Montana|MT|406
#Nebraska|NE|308,402
#Nevada|NV|702,775
#New Hampshire|NH|603
#New Jersey|NJ|201,609,732,856,908,973
#New Mexico|NM|505,575
#New York|NY|212,315,516,518,585,607,631,646,716,718,845,914
#North Carolina|NC|252,336,704,828,910,919,980
#North Dakota|ND|701
#Ohio|OH|216,330,419,440,513,614,740,937
#Oklahoma|OK|405,580,918
#Oregon|OR|503,541,971
#Pennsylvania|PA|215,412,570,610,717,724,814
#Rhode Island|RI|401
#South Carolina|SC|803,843,864
#South Dakota|SD|605
#Tennessee|TN|423,615,731,865,901,931
#Texas|TX|210,214,254,281,325,361,409,432,512,713,806,817,830,903,915,936,940,956,972,979
#Utah|UT|435,801
#Vermont|VT|802
#Virginia|VA|276,434,540,571,703,757,804
#Washington|WA|206,253,360,425,509
#West Virginia|WV|304
#Wisconsin|WI|262,414,608,715,920
#Wyoming|WY|307
)";

constexpr std::string_view kStems = R"(
Acorn; Alpine; Anchor; Apex; Arrowhead; Aspen; Atlantic; Badger; Bayside; Beacon; Bear Creek;
Big Sky; Blue Ridge; Bluebonnet; Bridgeport; Buckeye; Canyon; Capitol; Cardinal; Cascade;
Cedar Ridge; Chesapeake; Clearwater; Coastal; Copper State; Cornerstone; Crescent; Delta;
Desert Sun; Eagle; Evergreen; Falcon; First Choice; Frontier; Golden Gate; Granite; Great Lakes;
Great Plains; Gulf Coast; Harbor; Heartland; Heritage; Hometown; Horizon; Independence; Ironwood;
Juniper; Keystone; Lakeshore; Landmark; Liberty; Lone Star; Magnolia; Maple Leaf; Mesa Verde;
Midwest; Mountain View; New England; North Star; Northwest; Oak Hill; Old Dominion; Pacific;
Palmetto; Patriot; Peachtree; Pine Valley; Pinnacle; Pioneer; Prairie; Red Rock; Redwood;
Ridgeline; River Bend; Rocky Mountain; Rushmore; Saddleback; Sagebrush; Seaboard; Sequoia;
Shenandoah; Sierra; Silver Lake; Southern; Stonegate; Summit; Sunrise; Sunshine; Tidewater;
Timberline; Tri-County; Twin Rivers; Union; Valley; Western; White Oak; Wildflower; Windmill;
Yellowstone
)";

constexpr std::string_view kStemPatterns = R"(
{}
{} & {}
{} & Sons
{} Brothers
)";

constexpr std::string_view kActivities = R"(
Construction; Contractors; Builders; Roofing; Plumbing; Heating & Cooling; Electric; Landscaping;
Lawn Care; Paving; Concrete; Lumber; Hardware; Windows; Cabinets; Flooring; Painting;
Home Inspections; Realty; Properties; Title; Mortgage; Insurance; Financial; Capital; Accounting;
Tax Services; Law Group; Consulting; Staffing; Software; Technologies; Systems; Solutions;
Analytics; Networks; Communications; Wireless; Media; Marketing; Advertising; Printing;
Publishing; Graphics; Studios; Manufacturing; Machine Works; Tool & Die; Steel; Plastics;
Packaging; Electronics; Instruments; Controls; Aerospace; Automotive; Auto Parts; Tire & Auto;
Body Shop; Trucking; Freight; Logistics; Moving & Storage; Aviation; Marine; Energy; Oil & Gas;
Solar; Water Services; Environmental; Waste Services; Recycling; Farms; Ranch; Dairy; Feed & Seed;
Produce; Foods; Bakery; Meats; Seafood; Coffee Roasters; Brewing; Winery; Catering; Restaurants;
Hotels; Travel; Medical Group; Dental; Family Practice; Pharmacy; Home Health; Physical Therapy;
Veterinary; Laboratories; Pharmaceuticals; Biotech; Apparel; Shoes; Jewelers; Furniture; Flowers;
Sporting Goods; Books; Music; Fitness; Learning Center; Cleaning; Security; Pest Control;
Equipment Rental; Supply; Wholesale; Distributors; Imports; Holdings; Enterprises
)";

constexpr std::string_view kForms = R"(
LLC*58
Inc.*28
Corp.*6
Co.*4
LLP*2
Ltd.*2
)";

constexpr std::string_view kDepartments = R"(
Sales; Marketing; Finance; Accounting; Human Resources; Legal; Purchasing; Operations;
Manufacturing; Logistics; Quality Assurance; Research and Development; Engineering;
Information Technology; Customer Service; Facilities
)";

constexpr std::string_view kJobs = R"(
Retail Salesperson; Cashier; Customer Service Representative; Office Clerk;
Administrative Assistant; Executive Assistant; Receptionist; Bookkeeper; Accountant; Auditor;
Financial Analyst; Loan Officer; Bank Teller; Insurance Agent; Claims Adjuster; Real Estate Agent;
Human Resources Specialist; Recruiter; Training Specialist; Chief Executive Officer;
Chief Financial Officer; Operations Manager; Project Manager; Product Manager; Sales Manager;
Marketing Manager; Account Executive; Sales Representative; Purchasing Agent; Business Analyst;
Management Consultant; Data Analyst; Data Scientist; Software Engineer; Web Developer;
Database Administrator; Systems Administrator; Network Engineer; Information Security Analyst;
Help Desk Technician; Quality Assurance Analyst; Civil Engineer; Mechanical Engineer;
Electrical Engineer; Industrial Engineer; Chemical Engineer; Aerospace Engineer; Architect;
Surveyor; Drafter; Registered Nurse; Licensed Practical Nurse; Nurse Practitioner;
Nursing Assistant; Physician; Physician Assistant; Surgeon; Dentist; Dental Hygienist; Pharmacist;
Pharmacy Technician; Physical Therapist; Occupational Therapist; Radiologic Technologist;
Medical Assistant; Paramedic; Home Health Aide; Veterinarian; Psychologist; Social Worker;
School Counselor; Elementary School Teacher; Middle School Teacher; High School Teacher;
Special Education Teacher; Preschool Teacher; Teaching Assistant; College Professor;
Research Scientist; Librarian; Attorney; Paralegal; Police Officer; Firefighter;
Correctional Officer; Security Guard; Mail Carrier; Postal Clerk; Carpenter; Electrician; Plumber;
Roofer; Painter; Construction Laborer; Construction Manager; Heavy Equipment Operator;
HVAC Technician; Welder; Machinist; Assembler; Production Supervisor; Maintenance Technician;
Auto Mechanic; Diesel Mechanic; Truck Driver; Delivery Driver; Bus Driver; Taxi Driver;
Airline Pilot; Flight Attendant; Warehouse Worker; Forklift Operator; Stocker; Cook; Chef;
Waiter|Waitress; Bartender; Baker; Butcher; Restaurant Manager; Hotel Manager; Housekeeper;
Janitor; Landscaper; Farmer; Ranch Hand; Hairdresser; Barber; Child Care Worker; Fitness Trainer;
Graphic Designer; Interior Designer; Photographer; Reporter; Editor; Technical Writer;
Interpreter; Actor; Musician; Travel Agent
)";

}  // namespace

constexpr std::string_view kEnUsFemaleNames = R"(
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Sarah Lisa Nancy Sandra
Ashley Emily Kimberly Betty Margaret Donna Michelle Carol Amanda Melissa Deborah Stephanie
Rebecca Sharon Laura Cynthia Dorothy Amy Kathleen Angela Shirley Emma Brenda Pamela Nicole
Anna Samantha Katherine Christine Debra Rachel Carolyn Janet Maria Olivia Heather Helen
Catherine Diane Julie Victoria Joyce Lauren Kelly Christina Ruth Joan Virginia Judith Evelyn
Hannah Andrea Megan Cheryl Jacqueline Madison Sophia Abigail Teresa Isabella Sara Janice
Martha Gloria Kathryn Ann Charlotte Judy Amber Julia Grace Denise Danielle Natalie Alice
Marilyn Diana Beverly Jean Brittany Theresa Frances Kayla Alexis Tiffany Lori Kathy Tammy
Crystal Ella Marie Rose Brianna Jane Doris Morgan Bonnie Courtney Erin Tina Lillian Dawn
Connie Wendy Chelsea Allison Peggy Robin Tracy Rita Paula Edith Florence Shannon Carmen
Sheila Jamie Kim Gail Ethel Monica Vanessa Josephine Lucille Erica Jill Veronica Katie
Kristen Lindsey April Molly Tara Stacy Gina Renee Leah Vivian Ruby Anita Mildred Yvonne
Ellen Ana Wanda Regina Audrey Holly Krista Loretta Melanie Valerie Joann Erika Tamara Jenna
Kristin Alicia Suzanne Beth Dana Jeanne Sylvia Marjorie Dolores Kristina Margie Gladys Faith
Sophie Chloe Zoe Hailey Mia Ava Lily Natasha Jasmine Sierra Savannah Paige Autumn Mackenzie
Brooke Haley Destiny Taylor Alyssa Jocelyn Aubrey Claire Lucy Caroline Penelope Nora Stella
Hazel Violet Aurora Naomi Eleanor Elena Aria Luna Layla Willow Camila Gianna Ariana Ellie
Serenity Maya Nevaeh Madelyn Kennedy Skylar Eva Ivy Quinn Delilah Isla Adeline Lydia Josie
Piper Reagan Sadie Clara Cora Eliza Margot Maeve Rosemary Thelma Norma Irene Juanita Annie
Hilda Emilia Esther Bertha Agnes Marion Myrtle Bernice Elsie Opal Pearl Vera Velma Viola
Mabel Laurie Maxine Jackie Sally Marcia Roberta Vicki Charlene Geraldine Kristine Jo Yolanda
Rosa Felicia Cecilia Miriam Marlene Belinda Sonia Priscilla Ramona Kara Claudia Kelsey
Cassandra Kendra Bethany Whitney Meghan Alison Bridget Monique Latoya Candace Tonya Carla
Kristi Kerry Leslie Olga Patsy Penny Raquel Rhonda Robyn Sabrina Sheri Stacey Susie Tanya
Terri Traci Trisha Verna Vickie Wilma Yvette Adriana Alma Antoinette Arlene Beatrice Blanca
Camille Celia Charity Christy Colleen Corinne Daisy Daphne Darlene Desiree Dianne Dora
Eileen Elaine Elisa Eloise Esmeralda Estelle Eunice Fiona Freda Genevieve Georgia Gertrude
Gretchen Guadalupe Gwendolyn Harriet Heidi Henrietta Ida Ingrid Iris Isabel Janelle Jeanette
Johanna Jolene Jordyn Juliana June Kaitlyn Karina Karla Kate Katrina Kayleigh Kellie Lana
Larissa Lena Leona Leticia Lila Lola Lorena Lorraine Louise Luz Lynn Mae Maggie Malia
Marcella Margarita Mariah Maribel)";

constexpr LocaleText kEnUs = {
    .name = "en_US",
    .language = "en",
    .country = "United States",
    .country_code = "US",
    .currency = "USD",
    .calling_code = "+1",
    .male_titles = "Mr.*96\nDr.*4",
    .female_titles = "Ms.*50\nMrs.*38\nMiss*8\nDr.*4",
    .sexes = "male female",
    .full_name = "{given_name} {family_name}",
    .places = kStates,
    .postal_digits = 5,
    .postal_pattern = "[0-9]{5}",
    .house_number_max = 9999,
    .postal_code = "{postal_head}",
    .street = "{number} {street} {street_suffix}",
    .state = "{region_code}",
    .address = "{street_line}, {city}, {region_code} {postal_code}",
    .phone = "({phone_head}) 555-01##",
    .mobile = "({phone_head}) 555-01##",
    .company_stems = kStems,
    .stem_patterns = kStemPatterns,
    .company_activities = kActivities,
    .company_forms = kForms,
    .company = "{company_stem} {company_activity} {company_form}",
    .departments = kDepartments,
    .job_titles = kJobs,
};

}  // namespace tamis
