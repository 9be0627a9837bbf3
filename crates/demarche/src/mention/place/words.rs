//! Word lists that tell places from other names.

/// Before a name: it stands in a place.
pub(super) const LOCATIVE: &[&str] = &[
    "in", "at", "near", "from", "to", "across", "around", "outside", "inside", "throughout", "towards", "toward", "into",
    "via", "between", "through", "off", "over", "within", "beyond", "southern", "northern", "eastern", "western", "central",
    "south", "north", "east", "west", "downtown", "southeastern", "southwestern", "northeastern", "northwestern", "upstate",
    "neighbouring", "neighboring", "nearby", "rural", "mainland", "leave", "left", "visit", "visited", "visiting",
];

/// Directions and the like that stand between a preposition or comma and the name that they narrow.
pub(super) const PART: &[&str] = &[
    "southern", "northern", "eastern", "western", "central", "south", "north", "east", "west", "southeastern",
    "southwestern", "northeastern", "northwestern", "downtown", "rural", "mainland", "the", "upper", "lower", "far",
    "south-eastern", "south-western", "north-eastern", "north-western", "southeast", "southwest", "northeast", "northwest",
];

/// After a name: what kind of place it is.
pub(super) const ADMIN1: &[&str] = &["state", "province", "region", "governorate", "prefecture", "oblast", "territory", "department"];
pub(super) const ADMIN2: &[&str] = &["county", "district", "municipality", "parish", "borough", "township", "shire"];
pub(super) const TOWN: &[&str] = &["city", "town", "village", "suburb"];

/// The last word of a name that is called after the place that it lies in.
pub(super) const FACILITY: &[&str] = &[
    "airport", "hospital", "university", "stadium", "racecourse", "bridge", "prison", "port", "station", "beach", "valley",
    "bay", "hills", "zoo", "harbour", "harbor", "island", "islands", "coast", "peninsula", "river", "area", "metropolitan",
    "township", "heights", "cathedral", "railway", "camp", "base", "mountains", "border", "desert", "basin", "delta", "park",
    "market", "square", "zone", "plain", "plains", "lake", "forest", "reserve", "dam", "downs", "showground",
];

/// Before a name: it is a person's.
pub(super) const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "president", "senator", "sen", "rep", "gov", "governor", "minister",
    "judge", "justice", "general", "gen", "colonel", "col", "captain", "capt", "lieutenant", "lt", "sergeant", "sgt",
    "officer", "sir", "lord", "lady", "king", "queen", "prince", "princess", "pope", "chancellor", "ambassador", "secretary",
    "detective", "inspector", "constable", "coach", "actor", "actress", "singer", "spokesman", "spokeswoman", "saint", "imam",
];

/// After a name: it is an organisation's, an event's, a thing's.
pub(super) const OTHER_AFTER: &[&str] = &[
    "university", "united", "bank", "times", "post", "news", "herald", "tribune", "journal", "inc", "corp", "ltd", "company",
    "airlines", "airways", "group", "party", "institute", "college", "press", "police", "department", "council", "fc",
    "agency", "ministry", "committee", "commission", "army", "league", "cup", "museum", "foundation", "association", "union",
    "court", "club", "agreement", "treaty", "accord", "accords", "convention", "protocol", "summit", "conference", "act",
    "virus", "fever", "flu", "gazette", "observer", "today", "city", "rovers", "sox", "bay",
];

/// Place names that are also everyday words or names of people; without the reader's word they need a preposition.
pub(super) const AMBIGUOUS: &[&str] = &[
    "of", "the", "man", "nice", "reading", "bath", "sale", "mobile", "orange", "buffalo", "hope", "liberty", "union", "best",
    "date", "most", "same", "male", "split", "police", "deal", "battle", "rugby", "derby", "ford", "march", "may", "august",
    "jordan", "chad", "israel", "georgia", "victoria", "charlotte", "madison", "jackson", "austin", "dallas", "houston",
    "lincoln", "washington", "jefferson", "monroe", "marshall", "clinton", "douglas", "florence", "sydney", "carolina",
    "virginia", "chelsea", "paris", "london", "kent", "stanley", "wayne", "troy", "russell", "warren", "george", "franklin",
    "grant", "wilson", "johnson", "anderson", "taylor", "harrison", "montgomery", "norman", "hamilton", "nelson", "arnold",
    "martin", "clay", "dale", "dean", "ross", "angola", "china", "turkey", "lima", "cork", "bar", "bear", "central", "center",
    "centre", "columbia", "enterprise", "independence", "eagle", "golden", "grand", "green", "white", "black", "brown", "gray",
    "grey", "red", "young", "long", "king", "queen", "prince", "friday", "sunday", "monday", "university", "college", "north",
    "south", "east", "west", "along", "also", "are", "but", "can", "come", "during", "for", "he", "her", "his", "how", "is",
    "it", "its", "just", "like", "more", "my", "no", "not", "now", "our", "see", "she", "so", "some", "such", "than", "that",
    "there", "these", "they", "this", "those", "today", "under", "until", "very", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "why", "will", "with", "you", "christian", "god", "mercy", "providence", "eden",
    "normal", "surprise", "bend", "gay", "imam", "ali", "hassan", "mohammed", "said", "santa", "san", "general", "major",
    "as", "by", "an", "and", "or", "if", "in", "at", "on", "up", "do", "go", "me", "us", "be", "a", "i",
];

/// Words of saying and doing of which a capital, standing for its government, is the subject.
pub(super) const GOVERNMENT_DOES: &[&str] = &[
    "say", "announce", "warn", "accuse", "deny", "reject", "demand", "insist", "urge", "condemn", "agree", "refuse", "offer",
    "propose", "threaten", "want", "call", "claim", "argue", "respond", "reply", "believe", "regard", "view", "fear",
    "impose", "pledge", "vow", "recognise", "recognize", "consider", "seek", "support", "oppose", "back", "blame", "hope",
];

/// Adjectives of nationality, and names of peoples, with the country that they speak of.
pub(super) const DEMONYMS: &[(&str, &str)] = &[
    ("afghan", "AFG"), ("albanian", "ALB"), ("algerian", "DZA"), ("american", "USA"), ("angolan", "AGO"),
    ("argentine", "ARG"), ("argentinian", "ARG"), ("armenian", "ARM"), ("australian", "AUS"), ("austrian", "AUT"),
    ("azerbaijani", "AZE"), ("bahraini", "BHR"), ("bangladeshi", "BGD"), ("belarusian", "BLR"), ("belgian", "BEL"),
    ("bolivian", "BOL"), ("bosnian", "BIH"), ("brazilian", "BRA"), ("british", "GBR"), ("briton", "GBR"),
    ("bulgarian", "BGR"), ("burmese", "MMR"), ("burundian", "BDI"), ("cambodian", "KHM"), ("cameroonian", "CMR"),
    ("canadian", "CAN"), ("chadian", "TCD"), ("chilean", "CHL"), ("chinese", "CHN"), ("colombian", "COL"),
    ("congolese", "COD"), ("croatian", "HRV"), ("cuban", "CUB"), ("cypriot", "CYP"), ("czech", "CZE"), ("danish", "DNK"),
    ("dominican", "DOM"), ("dutch", "NLD"), ("ecuadorian", "ECU"), ("egyptian", "EGY"), ("english", "GBR"),
    ("eritrean", "ERI"), ("estonian", "EST"), ("ethiopian", "ETH"), ("fijian", "FJI"), ("filipino", "PHL"),
    ("finnish", "FIN"), ("french", "FRA"), ("gabonese", "GAB"), ("gambian", "GMB"), ("georgian", "GEO"),
    ("german", "DEU"), ("ghanaian", "GHA"), ("greek", "GRC"), ("guatemalan", "GTM"), ("guinean", "GIN"),
    ("haitian", "HTI"), ("honduran", "HND"), ("hungarian", "HUN"), ("icelandic", "ISL"), ("indian", "IND"),
    ("indonesian", "IDN"), ("iranian", "IRN"), ("iraqi", "IRQ"), ("irish", "IRL"), ("israeli", "ISR"), ("italian", "ITA"),
    ("ivorian", "CIV"), ("jamaican", "JAM"), ("japanese", "JPN"), ("jordanian", "JOR"), ("kazakh", "KAZ"),
    ("kenyan", "KEN"), ("kosovan", "XKX"), ("kuwaiti", "KWT"), ("kyrgyz", "KGZ"), ("lao", "LAO"), ("laotian", "LAO"),
    ("latvian", "LVA"), ("lebanese", "LBN"), ("liberian", "LBR"), ("libyan", "LBY"), ("lithuanian", "LTU"),
    ("macedonian", "MKD"), ("malagasy", "MDG"), ("malawian", "MWI"), ("malaysian", "MYS"), ("malian", "MLI"),
    ("maltese", "MLT"), ("mauritanian", "MRT"), ("mexican", "MEX"), ("moldovan", "MDA"), ("mongolian", "MNG"),
    ("montenegrin", "MNE"), ("moroccan", "MAR"), ("mozambican", "MOZ"), ("namibian", "NAM"), ("nepalese", "NPL"),
    ("nepali", "NPL"), ("nicaraguan", "NIC"), ("nigerian", "NGA"), ("nigerien", "NER"), ("norwegian", "NOR"),
    ("omani", "OMN"), ("pakistani", "PAK"), ("palestinian", "PSE"), ("panamanian", "PAN"), ("paraguayan", "PRY"),
    ("peruvian", "PER"), ("philippine", "PHL"), ("polish", "POL"), ("portuguese", "PRT"), ("qatari", "QAT"),
    ("romanian", "ROU"), ("russian", "RUS"), ("rwandan", "RWA"), ("salvadoran", "SLV"), ("saudi", "SAU"),
    ("scottish", "GBR"), ("senegalese", "SEN"), ("serbian", "SRB"), ("singaporean", "SGP"), ("slovak", "SVK"),
    ("slovenian", "SVN"), ("somali", "SOM"), ("spanish", "ESP"), ("sudanese", "SDN"), ("swedish", "SWE"), ("swiss", "CHE"),
    ("syrian", "SYR"), ("taiwanese", "TWN"), ("tajik", "TJK"), ("tanzanian", "TZA"), ("thai", "THA"), ("togolese", "TGO"),
    ("tunisian", "TUN"), ("turkish", "TUR"), ("turkmen", "TKM"), ("ugandan", "UGA"), ("ukrainian", "UKR"),
    ("emirati", "ARE"), ("uruguayan", "URY"), ("uzbek", "UZB"), ("venezuelan", "VEN"), ("vietnamese", "VNM"),
    ("welsh", "GBR"), ("yemeni", "YEM"), ("zambian", "ZMB"), ("zimbabwean", "ZWE"),
];

/// The country of a demonym, also in the plural.
pub(super) fn demonym(lower: &str) -> Option<&'static str> {
    let of = |w: &str| DEMONYMS.iter().find(|(d, _)| *d == w).map(|(_, c)| *c);
    of(lower).or_else(|| lower.strip_suffix('s').and_then(of))
}

/// Countries by the end of an outlet's address.
pub(super) const DOMAINS: &[(&str, &str)] = &[
    ("uk", "GBR"), ("au", "AUS"), ("ca", "CAN"), ("nz", "NZL"), ("ie", "IRL"), ("in", "IND"), ("za", "ZAF"), ("ng", "NGA"),
    ("ke", "KEN"), ("pk", "PAK"), ("sg", "SGP"), ("my", "MYS"), ("ph", "PHL"), ("de", "DEU"), ("fr", "FRA"), ("il", "ISR"),
    ("gov", "USA"), ("edu", "USA"), ("mil", "USA"), ("us", "USA"), ("ru", "RUS"), ("cn", "CHN"), ("jp", "JPN"), ("it", "ITA"),
    ("es", "ESP"), ("tr", "TUR"), ("eg", "EGY"), ("gh", "GHA"), ("ug", "UGA"), ("zw", "ZWE"), ("bd", "BGD"), ("lk", "LKA"),
];
