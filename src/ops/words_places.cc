// Cities, states, ZIP codes and streets of the USA. See words.h.
#include <cstdlib>

#include "ops/words.h"

namespace tamis {
namespace {

// `#STATE` and the ZIP codes' first three digits in that state, then its cities: name, ZIP codes
// from-to, and thousands of inhabitants as the weight.
constexpr std::string_view kPlaces =
    "#AL 350-369|"
    "Birmingham 35203-35235 200|Montgomery 36104-36117 198|Mobile 36602-36619 187|"
    "Huntsville 35801-35816 216|Tuscaloosa 35401-35406 100|Hoover 35226-35226 92|"
    "Dothan 36301-36305 71|Auburn 36830-36832 77|"
    "#AK 995-999|"
    "Anchorage 99501-99518 290|Fairbanks 99701-99712 32|Juneau 99801-99803 32|"
    "Sitka 99835-99835 8|Ketchikan 99901-99901 8|Wasilla 99654-99654 9|"
    "#AZ 850-865|"
    "Phoenix 85003-85054 1620|Tucson 85701-85750 543|Mesa 85201-85215 510|"
    "Chandler 85224-85226 276|Scottsdale 85250-85260 242|Glendale 85301-85310 248|"
    "Gilbert 85233-85234 268|Tempe 85281-85284 184|Peoria 85345-85345 191|"
    "Flagstaff 86001-86004 76|Yuma 85364-85365 96|"
    "#AR 716-729|"
    "Little Rock 72201-72212 203|Fort Smith 72901-72908 89|Fayetteville 72701-72704 95|"
    "Springdale 72762-72764 85|Jonesboro 72401-72404 79|North Little Rock 72114-72118 64|"
    "Conway 72032-72034 65|Rogers 72756-72758 70|"
    "#CA 900-961|"
    "Los Angeles 90001-90068 3890|San Diego 92101-92131 1386|San Jose 95110-95139 1000|"
    "San Francisco 94102-94134 850|Fresno 93701-93730 543|Sacramento 95811-95838 525|"
    "Long Beach 90802-90815 460|Oakland 94601-94621 437|Bakersfield 93301-93313 405|"
    "Anaheim 92801-92808 345|Stockton 95202-95219 321|Riverside 92501-92508 316|"
    "Santa Ana 92701-92707 310|Irvine 92602-92620 308|Chula Vista 91910-91915 276|"
    "Fremont 94536-94539 230|San Bernardino 92401-92411 222|Modesto 95350-95358 218|"
    "Oxnard 93030-93036 202|Glendale 91201-91208 195|Huntington Beach 92646-92649 198|"
    "Santa Rosa 95401-95409 178|Pasadena 91101-91107 138|Torrance 90501-90505 146|"
    "Berkeley 94702-94710 124|Burbank 91501-91506 107|Redding 96001-96003 93|"
    "Santa Barbara 93101-93111 88|"
    "#CO 800-816|"
    "Denver 80202-80239 713|Colorado Springs 80903-80925 480|Aurora 80010-80019 388|"
    "Fort Collins 80521-80528 170|Lakewood 80226-80232 156|Boulder 80301-80305 108|"
    "Pueblo 81001-81008 112|Greeley 80631-80634 109|Grand Junction 81501-81507 66|"
    "#CT 060-069|"
    "Bridgeport 06604-06610 148|New Haven 06510-06519 135|Hartford 06103-06120 121|"
    "Stamford 06901-06907 136|Waterbury 06702-06710 114|Norwalk 06850-06855 91|"
    "Danbury 06810-06811 86|New Britain 06051-06053 74|"
    "#DE 197-199|"
    "Wilmington 19801-19810 71|Dover 19901-19904 39|Newark 19711-19713 31|"
    "Middletown 19709-19709 23|Smyrna 19977-19977 13|Lewes 19958-19958 3|"
    "#DC 200-205|"
    "Washington 20001-20020 690|"
    "#FL 320-349|"
    "Jacksonville 32202-32258 950|Miami 33125-33147 442|Tampa 33602-33629 385|"
    "Orlando 32801-32839 308|St. Petersburg 33701-33716 258|Hialeah 33010-33018 223|"
    "Tallahassee 32301-32317 196|Fort Lauderdale 33301-33317 183|"
    "Port St. Lucie 34952-34953 205|Cape Coral 33990-33991 194|"
    "Pembroke Pines 33024-33029 171|Hollywood 33019-33024 153|"
    "Gainesville 32601-32609 141|Clearwater 33755-33767 117|Palm Bay 32905-32909 119|"
    "Lakeland 33801-33815 113|West Palm Beach 33401-33417 117|Sarasota 34231-34243 55|"
    "Pensacola 32501-32514 54|Naples 34102-34110 19|"
    "#GA 300-319|"
    "Atlanta 30303-30350 499|Augusta 30901-30909 202|Columbus 31901-31909 206|"
    "Macon 31201-31217 157|Savannah 31401-31419 148|Athens 30601-30607 127|"
    "Roswell 30075-30076 93|Albany 31701-31707 69|Marietta 30060-30068 61|"
    "Valdosta 31601-31606 55|"
    "#HI 967-968|"
    "Honolulu 96813-96826 350|Hilo 96720-96720 44|Kailua 96734-96734 40|"
    "Kaneohe 96744-96744 37|Waipahu 96797-96797 43|Pearl City 96782-96782 45|"
    "#ID 832-838|"
    "Boise 83702-83716 236|Meridian 83642-83642 118|Nampa 83686-83687 100|"
    "Idaho Falls 83401-83406 65|Caldwell 83605-83607 60|Pocatello 83201-83204 56|"
    "Coeur d'Alene 83814-83815 55|Twin Falls 83301-83301 52|"
    "#IL 600-629|"
    "Chicago 60601-60661 2720|Aurora 60502-60506 180|Naperville 60563-60565 149|"
    "Joliet 60431-60436 150|Rockford 61101-61109 148|Springfield 62701-62712 114|"
    "Elgin 60120-60124 114|Peoria 61602-61615 113|Champaign 61820-61822 88|"
    "Waukegan 60085-60087 89|Evanston 60201-60203 78|Decatur 62521-62526 70|"
    "Bloomington 61701-61705 79|"
    "#IN 460-479|"
    "Indianapolis 46201-46250 880|Fort Wayne 46802-46835 264|Evansville 47708-47725 117|"
    "South Bend 46601-46628 103|Carmel 46032-46033 100|Bloomington 47401-47408 79|"
    "Gary 46402-46409 69|Lafayette 47901-47909 71|Muncie 47302-47306 65|"
    "Terre Haute 47802-47807 58|"
    "#IA 500-528|"
    "Des Moines 50309-50321 214|Cedar Rapids 52401-52411 137|Davenport 52801-52807 101|"
    "Sioux City 51101-51109 86|Iowa City 52240-52246 75|Waterloo 50701-50703 67|"
    "Ames 50010-50014 66|Dubuque 52001-52003 59|Council Bluffs 51501-51503 62|"
    "#KS 660-679|"
    "Wichita 67202-67235 397|Overland Park 66204-66214 197|Kansas City 66101-66112 156|"
    "Olathe 66061-66062 141|Topeka 66603-66619 126|Lawrence 66044-66049 95|"
    "Salina 67401-67401 46|Manhattan 66502-66503 54|"
    "#KY 400-427|"
    "Louisville 40202-40229 628|Lexington 40502-40517 322|Bowling Green 42101-42104 73|"
    "Owensboro 42301-42303 60|Covington 41011-41017 41|Frankfort 40601-40601 28|"
    "Paducah 42001-42003 27|Richmond 40475-40475 35|"
    "#LA 700-714|"
    "New Orleans 70112-70131 383|Baton Rouge 70801-70820 227|Shreveport 71101-71109 187|"
    "Lafayette 70501-70508 121|Lake Charles 70601-70607 84|Kenner 70062-70065 66|"
    "Monroe 71201-71203 47|Alexandria 71301-71303 45|"
    "#ME 039-049|"
    "Portland 04101-04103 68|Lewiston 04240-04240 37|Bangor 04401-04401 32|"
    "Augusta 04330-04330 19|Biddeford 04005-04005 22|Brunswick 04011-04011 21|"
    "Waterville 04901-04901 16|"
    "#MD 206-219|"
    "Baltimore 21201-21231 585|Frederick 21701-21704 78|Rockville 20850-20853 67|"
    "Gaithersburg 20877-20879 69|Annapolis 21401-21403 41|Hagerstown 21740-21742 43|"
    "Bowie 20715-20721 58|Columbia 21044-21046 104|Silver Spring 20901-20906 81|"
    "Salisbury 21801-21804 33|"
    "#MA 010-027|"
    "Boston 02108-02136 675|Worcester 01602-01610 206|Springfield 01103-01109 155|"
    "Cambridge 02138-02142 118|Lowell 01850-01854 115|Brockton 02301-02302 105|"
    "Quincy 02169-02171 101|Lynn 01901-01905 101|New Bedford 02740-02746 101|"
    "Fall River 02720-02724 94|Lawrence 01840-01843 89|Newton 02458-02462 89|"
    "Somerville 02143-02145 81|Salem 01970-01970 44|Pittsfield 01201-01201 44|"
    "#MI 480-499|"
    "Detroit 48201-48235 639|Grand Rapids 49503-49508 199|Warren 48088-48093 139|"
    "Sterling Heights 48310-48314 134|Ann Arbor 48103-48109 124|Lansing 48906-48917 112|"
    "Flint 48502-48507 81|Dearborn 48120-48128 110|Livonia 48150-48154 95|"
    "Kalamazoo 49001-49009 73|Saginaw 48601-48607 44|Traverse City 49684-49686 16|"
    "#MN 550-567|"
    "Minneapolis 55401-55419 430|St. Paul 55101-55119 311|Rochester 55901-55906 121|"
    "Duluth 55802-55812 86|Bloomington 55431-55438 90|Brooklyn Park 55443-55445 86|"
    "Plymouth 55441-55447 81|St. Cloud 56301-56304 69|Mankato 56001-56003 44|"
    "#MS 386-397|"
    "Jackson 39201-39213 154|Gulfport 39501-39507 73|Southaven 38671-38672 55|"
    "Hattiesburg 39401-39402 48|Biloxi 39530-39532 49|Meridian 39301-39307 35|"
    "Tupelo 38801-38804 38|Oxford 38655-38655 25|"
    "#MO 630-658|"
    "Kansas City 64105-64157 508|St. Louis 63101-63147 301|Springfield 65802-65810 169|"
    "Columbia 65201-65203 126|Independence 64050-64057 123|Lee's Summit 64081-64086 101|"
    "St. Joseph 64501-64507 72|Jefferson City 65101-65109 43|Joplin 64801-64804 52|"
    "#MT 590-599|"
    "Billings 59101-59106 117|Missoula 59801-59808 74|Great Falls 59401-59405 60|"
    "Bozeman 59715-59718 53|Butte 59701-59701 35|Helena 59601-59602 32|"
    "Kalispell 59901-59901 25|"
    "#NE 680-693|"
    "Omaha 68102-68138 486|Lincoln 68502-68528 291|Bellevue 68005-68005 64|"
    "Grand Island 68801-68803 53|Kearney 68845-68847 34|Fremont 68025-68025 27|"
    "North Platte 69101-69101 23|"
    "#NV 889-898|"
    "Las Vegas 89101-89149 642|Henderson 89011-89015 318|Reno 89501-89523 264|"
    "North Las Vegas 89030-89032 263|Sparks 89431-89436 108|Carson City 89701-89706 58|"
    "Elko 89801-89801 20|"
    "#NH 030-038|"
    "Manchester 03101-03109 115|Nashua 03060-03064 91|Concord 03301-03303 44|"
    "Dover 03820-03820 33|Rochester 03867-03868 33|Keene 03431-03431 23|"
    "Portsmouth 03801-03801 22|"
    "#NJ 070-089|"
    "Newark 07102-07114 311|Jersey City 07302-07310 292|Paterson 07501-07514 159|"
    "Elizabeth 07201-07208 137|Edison 08817-08820 107|Trenton 08608-08629 90|"
    "Camden 08102-08105 71|Clifton 07011-07014 90|Hoboken 07030-07030 60|"
    "Cherry Hill 08002-08003 74|Princeton 08540-08542 30|Atlantic City 08401-08401 38|"
    "#NM 870-884|"
    "Albuquerque 87102-87123 564|Las Cruces 88001-88012 111|Rio Rancho 87124-87124 104|"
    "Santa Fe 87501-87508 88|Roswell 88201-88203 48|Farmington 87401-87402 46|"
    "Clovis 88101-88101 38|"
    "#NY 100-149|"
    "New York 10001-10040 1690|Brooklyn 11201-11239 2730|Bronx 10451-10475 1470|"
    "Staten Island 10301-10314 495|Flushing 11354-11367 230|Jamaica 11432-11436 220|"
    "Buffalo 14201-14222 278|Rochester 14604-14623 211|Yonkers 10701-10710 211|"
    "Syracuse 13202-13210 148|Albany 12202-12211 99|New Rochelle 10801-10805 80|"
    "Mount Vernon 10550-10553 73|Schenectady 12303-12309 67|Utica 13501-13502 65|"
    "White Plains 10601-10607 59|Ithaca 14850-14850 32|"
    "#NC 270-289|"
    "Charlotte 28202-28278 875|Raleigh 27601-27617 467|Greensboro 27401-27410 299|"
    "Durham 27701-27713 283|Winston-Salem 27101-27107 249|Fayetteville 28301-28314 208|"
    "Cary 27511-27519 174|Wilmington 28401-28412 115|High Point 27260-27265 114|"
    "Asheville 28801-28806 94|Gastonia 28052-28056 80|"
    "#ND 580-588|"
    "Fargo 58102-58104 126|Bismarck 58501-58504 74|Grand Forks 58201-58203 59|"
    "Minot 58701-58703 48|West Fargo 58078-58078 39|Williston 58801-58801 29|"
    "Dickinson 58601-58601 26|"
    "#OH 430-459|"
    "Columbus 43201-43235 905|Cleveland 44102-44135 372|Cincinnati 45202-45255 309|"
    "Toledo 43604-43623 270|Akron 44301-44320 190|Dayton 45402-45449 137|"
    "Parma 44129-44134 81|Canton 44702-44721 70|Youngstown 44502-44515 60|"
    "Lorain 44052-44055 65|Springfield 45502-45506 58|Hamilton 45011-45015 63|"
    "Mansfield 44902-44907 47|"
    "#OK 730-749|"
    "Oklahoma City 73102-73170 681|Tulsa 74103-74137 413|Norman 73069-73072 128|"
    "Broken Arrow 74011-74014 113|Lawton 73501-73507 90|Edmond 73012-73013 94|"
    "Stillwater 74074-74075 48|Enid 73701-73703 51|"
    "#OR 970-979|"
    "Portland 97201-97236 652|Eugene 97401-97405 176|Salem 97301-97306 175|"
    "Gresham 97030-97030 114|Hillsboro 97123-97124 106|Beaverton 97005-97008 97|"
    "Bend 97701-97703 99|Medford 97501-97504 85|Corvallis 97330-97333 59|"
    "#PA 150-196|"
    "Philadelphia 19102-19154 1600|Pittsburgh 15201-15238 303|Allentown 18101-18109 125|"
    "Erie 16501-16511 94|Reading 19601-19611 95|Scranton 18503-18510 76|"
    "Bethlehem 18015-18018 75|Lancaster 17601-17603 58|Harrisburg 17101-17112 50|"
    "York 17401-17408 44|Wilkes-Barre 18701-18706 44|State College 16801-16803 40|"
    "#RI 028-029|"
    "Providence 02903-02909 190|Warwick 02886-02889 82|Cranston 02920-02921 82|"
    "Pawtucket 02860-02861 75|Woonsocket 02895-02895 43|Newport 02840-02840 25|"
    "Westerly 02891-02891 23|"
    "#SC 290-299|"
    "Charleston 29401-29414 150|Columbia 29201-29212 136|"
    "North Charleston 29405-29420 114|Greenville 29601-29617 70|Rock Hill 29730-29732 74|"
    "Spartanburg 29301-29307 38|Myrtle Beach 29572-29579 35|Sumter 29150-29154 43|"
    "#SD 570-577|"
    "Sioux Falls 57103-57110 193|Rapid City 57701-57703 75|Aberdeen 57401-57401 28|"
    "Brookings 57006-57006 23|Watertown 57201-57201 22|Mitchell 57301-57301 15|"
    "Pierre 57501-57501 14|"
    "#TN 370-385|"
    "Nashville 37201-37221 689|Memphis 38103-38141 633|Knoxville 37902-37924 190|"
    "Chattanooga 37402-37421 181|Clarksville 37040-37043 167|"
    "Murfreesboro 37127-37130 153|Jackson 38301-38305 68|Johnson City 37601-37604 71|"
    "Franklin 37064-37069 83|"
    "#TX 750-799|"
    "Houston 77002-77099 2300|San Antonio 78201-78261 1434|Dallas 75201-75254 1304|"
    "Austin 78701-78759 961|Fort Worth 76102-76140 918|El Paso 79901-79938 678|"
    "Arlington 76001-76018 394|Corpus Christi 78401-78418 317|Plano 75023-75026 285|"
    "Lubbock 79401-79416 257|Laredo 78040-78046 255|Irving 75060-75063 256|"
    "Garland 75040-75044 246|Amarillo 79101-79124 200|Brownsville 78520-78526 186|"
    "McAllen 78501-78504 142|Killeen 76541-76549 153|Waco 76701-76712 138|"
    "Midland 79701-79707 132|Denton 76201-76210 139|Abilene 79601-79606 125|"
    "Beaumont 77701-77713 115|Odessa 79761-79766 114|Tyler 75701-75709 105|"
    "Galveston 77550-77554 53|"
    "#UT 840-847|"
    "Salt Lake City 84101-84124 200|West Valley City 84119-84120 140|"
    "Provo 84601-84606 115|West Jordan 84088-84088 116|Orem 84057-84058 98|"
    "Sandy 84092-84094 96|Ogden 84401-84405 87|St. George 84770-84770 95|"
    "Logan 84321-84321 52|"
    "#VT 050-059|"
    "Burlington 05401-05408 44|South Burlington 05403-05403 20|Rutland 05701-05701 16|"
    "Barre 05641-05641 8|Montpelier 05602-05602 8|Bennington 05201-05201 15|"
    "Brattleboro 05301-05301 12|"
    "#VA 220-246|"
    "Virginia Beach 23451-23464 459|Norfolk 23502-23518 238|Chesapeake 23320-23325 249|"
    "Richmond 23219-23235 226|Newport News 23601-23608 186|Alexandria 22301-22315 159|"
    "Hampton 23661-23669 137|Roanoke 24011-24019 100|Arlington 22201-22209 238|"
    "Portsmouth 23701-23707 97|Lynchburg 24501-24504 79|Charlottesville 22901-22904 46|"
    "#WA 980-994|"
    "Seattle 98101-98126 737|Spokane 99201-99208 229|Tacoma 98402-98422 219|"
    "Vancouver 98660-98686 191|Bellevue 98004-98008 152|Kent 98030-98032 137|"
    "Everett 98201-98208 111|Renton 98055-98059 107|Yakima 98901-98908 97|"
    "Bellingham 98225-98229 91|Olympia 98501-98506 56|"
    "#WV 247-268|"
    "Charleston 25301-25314 49|Huntington 25701-25705 47|Morgantown 26501-26508 30|"
    "Parkersburg 26101-26104 30|Wheeling 26003-26003 27|Martinsburg 25401-25405 19|"
    "Beckley 25801-25801 17|"
    "#WI 530-549|"
    "Milwaukee 53202-53228 577|Madison 53703-53719 270|Green Bay 54301-54313 107|"
    "Kenosha 53140-53144 100|Racine 53402-53406 78|Appleton 54911-54915 75|"
    "Waukesha 53186-53189 71|Eau Claire 54701-54703 69|Oshkosh 54901-54904 67|"
    "La Crosse 54601-54603 52|"
    "#WY 820-831|"
    "Cheyenne 82001-82009 65|Casper 82601-82609 59|Laramie 82070-82072 32|"
    "Gillette 82716-82718 33|Rock Springs 82901-82901 23|Sheridan 82801-82801 19|"
    "Cody 82414-82414 10|";

constexpr size_t kPlaceQuantiles = 8192;

// The most frequent first.
constexpr std::string_view kStreets =
    "Second Third First Fourth Park Fifth Main Sixth Oak Seventh Pine Maple Cedar Eighth "
    "Elm View Washington Ninth Lake Hill Tenth Walnut Spring North Ridge Church Lincoln "
    "Willow Sunset Railroad Jackson Cherry West South Center Highland Johnson Forest "
    "River Jefferson Mill Adams Dogwood Franklin Chestnut Hickory Smith Meadow Wilson "
    "Broadway College Davis Clark Madison Locust Laurel School Birch East Magnolia "
    "Poplar Valley Cypress Prospect Sycamore Williams Miller Woodland Taylor Spruce "
    "Hillcrest Fairview Lakeview Mulberry Monroe Aspen Liberty Ash Grove Holly Beech "
    "Harrison Riverside Vine Rose Lee Union Mountain Grant Summit Garden Ivy Juniper "
    "Brookside Court Pleasant Jones Hamilton Sherwood Cottonwood Academy Country "
    "Cleveland Orchard Charles Colonial Broad State Water Front High Market King Queen "
    "Prince George William James Elizabeth Cambridge Oxford Windsor Devon Canterbury "
    "Lancaster York Bristol Essex Kent Sussex Surrey Chester Stratford Hampton Arlington "
    "Berkshire Concord Lexington Dover Salem Plymouth Newport Hudson Delaware Ohio "
    "Michigan Virginia Carolina Georgia Florida Texas Colorado Arizona Nevada Montana "
    "Oregon Dakota Illinois Indiana Pearl Ruby Crystal Silver Gold Diamond Copper Eagle "
    "Falcon Hawk Robin Cardinal Bluebird Swan Heron Fox Deer Elk Bear Wolf Beaver Otter "
    "Canyon Mesa Prairie Desert Ocean Bay Harbor Beach Shore Island Cove Creek Brook "
    "Falls Bridge Ferry Canal Stone Rock Boulder Granite Marble Slate Quarry Clay Sand "
    "Sunrise Morning Evening Summer Winter Autumn Harvest Heritage Pioneer Frontier "
    "Colony Settlers Homestead Village Town City Commerce Industrial Airport Depot "
    "Station Mission Chapel Abbey Castle Manor Hunters Fishers Millers Bakers Shepherd "
    "Weaver Carver Mason Arbor Bramble Clover Daisy Fern Hawthorn Heather Jasmine "
    "Lavender Lilac Linden Lupine Marigold Myrtle Olive Peach Pear Plum Primrose Redwood "
    "Sage Sequoia Tulip Violet Wisteria ";
constexpr uint64_t kStreetOffset = 40;
constexpr size_t kStreetQuantiles = 4096;

constexpr std::string_view kStreetSuffixes =
    "Street Avenue Road Drive Lane Court Place Boulevard Way Circle Terrace Trail Parkway";
constexpr uint64_t kSuffixOffset = 3;
constexpr size_t kSuffixQuantiles = 1024;

int64_t Number(std::string_view text) {
  return std::strtoll(std::string(text).c_str(), nullptr, 10);
}

// Collects the lines of kPlaces.
class PlaceReader {
 public:
  void Add(std::string_view line) {
    if (line[0] == '#') {
      states_.emplace_back(line.substr(1, 2));
      places_.zip_prefixes.push_back({Number(line.substr(4, 3)), Number(line.substr(8, 3))});
      return;
    }
    size_t weight = line.rfind(' ');
    size_t zips = line.rfind(' ', weight - 1);
    int64_t first = Number(line.substr(zips + 1, 5));
    int64_t last = Number(line.substr(zips + 7, 5));
    std::string name(line.substr(0, zips));
    names_with_state_.push_back(name + ", " + states_.back());
    names_.push_back(std::move(name));
    state_.push_back(static_cast<int64_t>(states_.size()) - 1);
    zip_first_.push_back(first);
    zip_count_.push_back(last - first + 1);
    weights_.push_back(static_cast<uint64_t>(Number(line.substr(weight + 1))));
  }

  Places Finish() {
    places_.cities = std::make_shared<const WordList>(std::move(names_));
    places_.cities_with_state = std::make_shared<const WordList>(std::move(names_with_state_));
    places_.states = std::make_shared<const WordList>(std::move(states_));
    places_.city_quantiles = MakeQuantiles(weights_, kPlaceQuantiles);
    places_.state_of_city = std::make_shared<const ValueTable>(std::move(state_));
    places_.zip_first = std::make_shared<const ValueTable>(std::move(zip_first_));
    places_.zip_count = std::make_shared<const ValueTable>(std::move(zip_count_));
    return std::move(places_);
  }

 private:
  Places places_;
  std::vector<std::string> names_, names_with_state_, states_;
  ValueTable state_, zip_first_, zip_count_;
  std::vector<uint64_t> weights_;
};

}  // namespace

const Places& UsPlaces() {
  static const Places places = [] {
    PlaceReader reader;
    for (const std::string& line : SplitWords(kPlaces, '|')) reader.Add(line);
    return reader.Finish();
  }();
  return places;
}

const WeightedWords& StreetNames() {
  static const WeightedWords streets = ZipfWords(kStreets, kStreetOffset, kStreetQuantiles);
  return streets;
}

const WeightedWords& StreetSuffixes() {
  static const WeightedWords suffixes = ZipfWords(kStreetSuffixes, kSuffixOffset, kSuffixQuantiles);
  return suffixes;
}

}  // namespace tamis
