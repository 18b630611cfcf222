// Names of people. See words.h.
#include "ops/words.h"

namespace tamis {
namespace {

// Given names of people who live in the USA, both sexes mixed, the most frequent first.
constexpr std::string_view kFirstNames =
    "James Mary Michael Robert John Patricia David Jennifer William Linda Richard "
    "Elizabeth Joseph Barbara Thomas Susan Christopher Jessica Charles Karen Daniel "
    "Sarah Matthew Lisa Anthony Nancy Mark Sandra Donald Ashley Steven Emily Andrew "
    "Kimberly Paul Betty Joshua Margaret Kenneth Donna Kevin Michelle Brian Carol "
    "Timothy Amanda Ronald Melissa Jason Deborah George Stephanie Edward Rebecca Jeffrey "
    "Sharon Ryan Laura Jacob Cynthia Nicholas Dorothy Gary Amy Eric Kathleen Jonathan "
    "Angela Stephen Shirley Larry Emma Justin Brenda Scott Pamela Brandon Nicole "
    "Benjamin Anna Samuel Samantha Gregory Katherine Alexander Christine Patrick Debra "
    "Frank Rachel Raymond Carolyn Jack Janet Dennis Maria Jerry Olivia Tyler Heather "
    "Aaron Helen Jose Catherine Adam Diane Nathan Julie Henry Victoria Zachary Joyce "
    "Douglas Lauren Peter Kelly Kyle Christina Noah Ruth Ethan Joan Jeremy Virginia "
    "Christian Judith Walter Evelyn Keith Hannah Austin Andrea Roger Megan Terry Cheryl "
    "Sean Jacqueline Gerald Madison Carl Sophia Dylan Abigail Harold Teresa Jordan "
    "Isabella Jesse Sara Bryan Janice Lawrence Martha Arthur Gloria Gabriel Kathryn "
    "Bruce Ann Logan Charlotte Billy Judy Joe Amber Alan Julia Juan Grace Elijah Denise "
    "Willie Danielle Albert Natalie Wayne Alice Randy Marilyn Mason Diana Vincent "
    "Beverly Liam Jean Roy Brittany Bobby Theresa Caleb Frances Bradley Kayla Russell "
    "Alexis Lucas Tiffany Eugene Lori Philip Kathy Johnny Tammy Crystal Louis Ella Harry "
    "Marie Howard Rose Jimmy Brianna Isaac Jane Antonio Doris Martin Morgan Carlos "
    "Bonnie Stanley Courtney Leonard Erin Craig Tina Fred Lillian Travis Dawn Dale "
    "Connie Curtis Wendy Marcus Chelsea Shawn Allison Allen Peggy Norman Robin Luis "
    "Tracy Glenn Rita Victor Paula Nathaniel Joel Edith Chad Florence Melvin Shannon "
    "Earl Carmen Jeff Sheila Clarence Jamie Francis Kim Bernard Gail Ernest Ethel "
    "Phillip Monica Todd Vanessa Alfred Josephine Danny Lucille Troy Erica Derek Jill "
    "Cody Veronica Evan Katie Cole Kristen Hunter Lindsey Edwin April Jared Molly Alex "
    "Tara Oscar Stacy Luke Gina Ian Renee Adrian Leah Seth Vivian Jesus Ruby Francisco "
    "Anita Manuel Mildred Miguel Yvonne Mario Ellen Angel Ana Ricardo Wanda Eduardo "
    "Regina Rafael Audrey Jorge Holly Fernando Krista Javier Loretta Roberto Melanie "
    "Alejandro Valerie Ramon Joann Pedro Erika Andres Tamara Julian Jenna Xavier Kristin "
    "Diego Alicia Ivan Suzanne Sergio Beth Marco Dana Oliver Jeanne Levi Sylvia Owen "
    "Marjorie Wyatt Dolores Landon Kristina Gavin Margie Connor Gladys Isaiah Faith "
    "Jackson Sophie Aiden Chloe Carter Zoe Sebastian Hailey Dominic Mia Blake Ava Colin "
    "Lily Trevor Natasha Brett Jasmine Spencer Sierra Garrett Savannah Devin Paige "
    "Preston Autumn Mitchell Mackenzie Grant Brooke Parker Haley Chase Destiny Max "
    "Taylor Leo Alyssa Miles Jocelyn Theodore Aubrey Silas Claire Ezra Lucy Eli Caroline "
    "Nolan Penelope Hudson Nora Lincoln Stella Asher Hazel Jaxon Violet Josiah Aurora "
    "Bentley Naomi Cooper Eleanor Easton Elena Everett Aria Bennett Luna Weston Layla "
    "Roman Willow Axel Camila Micah Gianna Kai Ariana Declan Ellie Jace Serenity Rowan "
    "Maya Ryder Nevaeh Emmett Madelyn Felix Kennedy August Skylar Jasper Eva Beau Ivy "
    "Harrison Quinn Calvin Delilah Clayton Isla Dustin Adeline Dean Lydia Warren Josie "
    "Ray Piper Lewis Reagan Leon Sadie Clyde Clara Herbert Cora Lester Eliza Marvin "
    "Margot Floyd Maeve Clifford Rosemary Leroy Thelma Gilbert Norma Milton Irene Lloyd "
    "Juanita Vernon Annie Harvey Hilda Ralph Emilia Gordon Esther Duane Bertha Cecil "
    "Agnes Chester Marion Elmer Myrtle Hugh Bernice Kirk Elsie Lance Opal Leland Pearl "
    "Lonnie Vera Marshall Velma Morris Viola Neil Mabel Nelson Laurie Otis Maxine Perry "
    "Jackie Rodney Sally Ross Marcia Rudy Roberta Salvador Vicki Sidney Charlene Stuart "
    "Geraldine Wallace Kristine Wesley Jo Wade Yolanda Alvin Rosa Andre Felicia Armando "
    "Cecilia Arturo Miriam Byron Marlene Casey Belinda Clifton Sonia Corey Priscilla "
    "Darrell Ramona Darren Kara Dwight Claudia Edgar Kelsey Enrique Cassandra Erik "
    "Kendra Ernesto Bethany Gene Whitney Gerard Meghan Glen Alison Guy Bridget Herman "
    "Monique Hector Latoya Hubert Candace Jaime Tonya Jay Carla Jon Kristi Karl Kerry "
    "Kurt Leslie Lee Olga Marc Patsy Maurice Penny Mathew Raquel Nicolas Rhonda Omar "
    "Robyn Orlando Sabrina Pablo Sheri Raul Stacey Reginald Susie Rene Tanya Roderick "
    "Terri Ruben Traci Shane Trisha Simon Verna Terrance Vickie Tony Wilma Tyrone Yvette "
    "Abraham Adriana Alfonso Alma Alonzo Antoinette Amos Arlene Angelo Beatrice Archie "
    "Blanca Benny Camille Bill Celia Brad Charity Brendan Christy Brent Colleen Cameron "
    "Corinne Carlton Daisy Cedric Daphne Cesar Darlene Clay Desiree Clinton Dianne Cory "
    "Dora Damon Eileen Dante Elaine Darnell Elisa Desmond Eloise Devon Esmeralda Don "
    "Estelle Drew Eunice Eddie Fiona Elliot Freda Elliott Genevieve Emanuel Georgia "
    "Emilio Gertrude Emmanuel Gretchen Fabian Guadalupe Felipe Gwendolyn Forrest Harriet "
    "Freddie Heidi Frederick Henrietta Garry Ida Geoffrey Ingrid Gerardo Iris Gilberto "
    "Isabel Graham Janelle Guillermo Jeanette Gustavo Johanna Homer Jolene Horace Jordyn "
    "Hugo Juliana Ignacio June Ira Kaitlyn Irving Karina Ismael Karla Israel Kate Jake "
    "Katrina Jamal Kayleigh Jerome Kellie Jim Lana Johnathan Larissa Josue Lena Julio "
    "Leona Julius Leticia Keegan Lila Kelvin Lola Kendall Lorena Kenny Lorraine Kent "
    "Louise Lamar Luz Lionel Lynn Lorenzo Mae Luther Maggie Lyle Malia Malcolm Marcella "
    "Marcos Margarita Marlon Mariah Mauricio Maribel ";

// Family names of the USA, the most frequent first (after the first few hundred only roughly so).
constexpr std::string_view kLastNames =
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez "
    "Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez "
    "Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King "
    "Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera "
    "Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz "
    "Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz "
    "Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson "
    "Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez "
    "Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell "
    "Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons "
    "Romero Jordan Patterson Alexander Hamilton Graham Reynolds Griffin Wallace Moreno "
    "West Cole Hayes Bryant Herrera Gibson Ellis Tran Medina Aguilar Stevens Murray Ford "
    "Castro Marshall Owens Harrison Fernandez McDonald Woods Washington Kennedy Wells "
    "Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter "
    "Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer "
    "Wagner Black Robertson Boyd Rose Stone Salazar Fox Warren Mills Meyer Rice Schmidt "
    "Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn "
    "Kelley Spencer Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight "
    "Elliott Cunningham Duncan Armstrong Hudson Carroll Lane Riley Andrews Alvarado Ray "
    "Delgado Berry Perkins Hoffman Johnston Matthews Pena Richards Contreras Willis "
    "Carpenter Lawrence Sandoval Guerrero George Chapman Rios Estrada Ortega Watkins "
    "Greene Nunez Wheeler Valdez Harper Burke Larson Santiago Maldonado Morrison "
    "Franklin Carlson Austin Dominguez Carr Lawson Jacobs Obrien Lynch Singh Vega Bishop "
    "Montgomery Oliver Jensen Harvey Williamson Gilbert Dean Sims Espinoza Howell Li "
    "Wong Reid Hanson Le McCoy Garrett Burton Fuller Wang Weber Welch Rojas Lucas "
    "Marquez Fields Park Yang Little Banks Padilla Day Walsh Bowman Schultz Luna Fowler "
    "Mejia Davidson Acosta Brewer May Holland Juarez Newman Pearson Curtis Cortez "
    "Douglas Schneider Joseph Barrett Navarro Figueroa Keller Avila Wade Molina Stanley "
    "Hopkins Campos Barnett Bates Chambers Caldwell Beck Lambert Miranda Byrd Craig "
    "Ayala Lowe Frazier Powers Neal Leonard Gregory Carrillo Sutton Fleming Rhodes "
    "Shelton Schwartz Norris Jennings Watts Duran Walters Cohen McDaniel Moran Parks "
    "Steele Vaughn Becker Holt Deleon Barker Terry Hale Leon Benson Haynes Horton Miles "
    "Lyons Pham Graves Bush Thornton Wolfe Warner Cabrera McKinney Mann Zimmerman Dawson "
    "Lara Fletcher Page McCarthy Love Robles Cervantes Solis Erickson Reeves Chang Klein "
    "Salinas Fuentes Baldwin Daniel Simon Velasquez Hardy Higgins Aguirre Lin Cummings "
    "Chandler Sharp Barber Bowen Ochoa Dennis Robbins Liu Ramsey Francis Griffith Paul "
    "Blair Oconnor Cardenas Pacheco Cross Calderon Quinn Moss Swanson Chan Rivas Khan "
    "Rodgers Serrano Fitzgerald Rosales Stevenson Christensen Manning Gill Curry "
    "McLaughlin Harmon McGee Gross Doyle Garner Newton Burgess Reese Walton Blake "
    "Trujillo Adkins Brady Goodman Roman Webster Goodwin Fischer Huang Potter Delacruz "
    "Montoya Todd Wu Hines Mullins Castaneda Malone Cannon Tate Mack Sherman Hubbard "
    "Hodges Zhang Guerra Wolf Valencia Saunders Franco Rowe Gallagher Farmer Hammond "
    "Hampton Townsend Ingram Wise Gallegos Clarke Barton Schroeder Maxwell Waters Logan "
    "Camacho Strickland Norman Colon Parsons Frank Harrington Glover Osborne Buchanan "
    "Casey Floyd Patton Ibarra Ball Tyler Suarez Bowers Orozco Salas Cobb Gibbs Andrade "
    "Bauer Conner Moody Escobar McGuire Lloyd Mueller Hartman French Kramer McBride Pope "
    "Lindsey Velazquez Norton McCormick Sparks Flynn Yates Hogan Marsh Macias Villanueva "
    "Zamora Pratt Stokes Owen Ballard Lang Brock Villarreal Charles Drake Barrera Cain "
    "Patrick Pineda Burnett Mercado Santana Shepherd Bautista Ali Shaffer Lamb Trevino "
    "McKenzie Hess Olsen Cochran Morton Nash Wilkins Petersen Briggs Shah Roth Nicholson "
    "Holloway Lozano Rangel Flowers Hoover Short Arias Mora Valenzuela Bryan Meyers "
    "Weiss Underwood Bass Greer Summers Houston Carson Morrow Clayton Whitaker Decker "
    "Yoder Collier Zuniga Carey Wilcox Melendez Poole Roberson Larsen Conley Davenport "
    "Copeland Massey Lam Huff Rocha Cameron Jefferson Hood Monroe Anthony Pittman Huynh "
    "Randall Singleton Kirk Combs Mathis Christian Skinner Bradford Richard Galvan Wall "
    "Boone Kirby Wilkinson Bridges Bruce Atkinson Velez Meza Roy Vincent York Hodge "
    "Villa Abbott Allison Tapia Gates Chase Sosa Sweeney Farrell Wyatt Dalton Horn "
    "Barron Phelps Yu Dickerson Heath Foley Atkins Mathews Bonilla Acevedo Benitez "
    "Zavala Hensley Glenn Cisneros Harrell Shields Rubio Huffman Choi Boyer Garrison "
    "Arroyo Bond Kane Hancock Callahan Dillon Cline Wiggins Grimes Arellano Melton "
    "Oneill Savage Ho Beltran Pitts Parrish Ponce Rich Booth Koch Golden Ware Brennan "
    "McDowell Marks Cantu Humphrey Baxter Sawyer Clay Tanner Hutchinson Kaur Berg Wiley "
    "Gilmore Russo Villegas Hobbs Keith Wilkerson Ahmed Beard McClain Montes Mata "
    "Rosario Vang Walter Henson Oneal Mosley McClure Beasley Stephenson Snow Huerta "
    "Preston Vance Barry Johns Eaton Blackwell Dyer Prince Macdonald Solomon Guevara "
    "Stafford English Hurst Woodard Cortes Shannon Kemp Nolan McCullough Merritt Murillo "
    "Moon Salgado Strong Kline Cordova Barajas Roach Rosas Winters Jacobson Lester Knox "
    "Bullock Kerr Leach Meadows Orr Davila Whitehead Pruitt Kent Conway McKee Barr David "
    "Dejesus Marin Berger McIntyre Blankenship Gaines Palacios Cuevas Bartlett Durham "
    "Dorsey McCall Odonnell Stein Browning Stout Lowery Sloan McLean Hendricks Calhoun "
    "Sexton Chung Gentry Hull Duarte Ellison Nielsen Gillespie Buck Middleton Sellers "
    "Leblanc Esparza Hardin Bradshaw McIntosh Howe Livingston Frost Glass Morse Knapp "
    "Herman Stark Bravo Noble Spears Weeks Corona Frederick Buckley McFarland Hebert "
    "Enriquez Hickman Quintero Randolph Schaefer Walls Trejo House Reilly Pennington "
    "Michael Conrad Giles Benjamin Crosby Fitzpatrick Donovan Mays Mahoney Valentine "
    "Raymond Medrano Hahn McMillan Small Bentley Felix Peck Lucero Boyle Hanna Pace Rush "
    "Hurley Harding McConnell Bernal Nava Ayers Everett Ventura Avery Pugh Mayer Bender "
    "Shepard McMahon Landry Case Sampson Moses Magana Blackburn Dunlap Gould Duffy "
    "Vaughan Herring McKay Espinosa Rivers Farley Bernard Ashley Friedman Potts Truong "
    "Costa Correa Blevins Nixon Clements Fry Delarosa Best Benton Lugo Portillo "
    "Dougherty Crane Haley Phan Villalobos Blanchard Horne Finley Quintana Lynn Esquivel "
    "Bean Dodson Mullen Xiong Hayden Cano Levy Huber Richmond Moyer Lim Frye Sheppard "
    "McCarty Avalos Booker Waller Parra Woodward Jaramillo Krueger Rasmussen Brandt "
    "Peralta Donaldson Stuart Faulkner Maynard Galindo Coffey Estes Sanford Burch Maddox "
    "Vo Oconnell Vu Andersen Spence McPherson Church Schmitt Stanton Leal Cherry Compton "
    "Dudley Sierra Pollard Alfaro Hester Proctor Lu Hinton Novak Good Madden McCann "
    "Terrell Jarvis Dickson Reyna Cantrell Mayo Branch Hendrix Rollins Rowland Whitney "
    "Duke Odom Daugherty Travis Tang Archer Hooper Kaufman Lott Mercer Nance Oakley "
    "Pickett Ramsay Sinclair Tillman Upton Vickers Wooten Yeager Zeller Albright Bingham "
    "Cassidy Delaney Emerson Fairchild Goddard Hastings Irwin Jamison Kimball Langley "
    "Merrick Newell Osborn Prescott Quick Redding Sorensen Thayer Underhill Vinson "
    "Winslow Yarbrough Ziegler Ashford Bancroft Colby Drummond Eldridge Fulton Granger "
    "Hathaway Ivers Judd Kendrick Lockhart Monahan Nesbitt Overton Pemberton Radcliffe "
    "Seymour Thurman Varney Whitman Atwood Beckett Crandall Dalby ";

// The census counts 2.4 million Smiths, 0.24 million with the 100th name and 0.035 million with the
// 1000th: 1 / (rank + 10) follows that. Given names fall more slowly at first: offset 15.
constexpr uint64_t kFirstNameOffset = 15;
constexpr uint64_t kLastNameOffset = 10;
constexpr size_t kNameQuantiles = 8192;

}  // namespace

const WeightedWords& FirstNames() {
  static const WeightedWords names = ZipfWords(kFirstNames, kFirstNameOffset, kNameQuantiles);
  return names;
}

const WeightedWords& LastNames() {
  static const WeightedWords names = ZipfWords(kLastNames, kLastNameOffset, kNameQuantiles);
  return names;
}

const WeightedWords& MailFirstNames() {
  static const WeightedWords names = {LowerCase(*FirstNames().words), FirstNames().quantiles};
  return names;
}

const WeightedWords& MailLastNames() {
  static const WeightedWords names = {LowerCase(*LastNames().words), LastNames().quantiles};
  return names;
}

}  // namespace tamis
