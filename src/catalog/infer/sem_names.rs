//! The name table: which last words of a name make which semantic type.
//!
//! A rule holds for a name that ends in its words (`departure city` ends in `city`); the rule with the most words wins.

use crate::value::SemType::{self, *};
use crate::value::english;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Which JSON types a rule speaks about; an untyped leaf counts as a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Any,
    Text,
    Number,
}

/// How far a rule can be trusted: a weak one gives way to what the description says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Force {
    Strong,
    Weak,
}

type Row = (SemType, On, Force, &'static str);
use Force::{Strong, Weak};
use On::{Any, Number as Num, Text as Str};

/// Rules by semantic type; the words of one rule are joined by `-`.
const ROWS: &[Row] = &[
    (Email, Str, Strong, "email e-mail mail email-address emails recipient-email"),
    (Phone, Str, Strong, "phone telephone mobile phone-number telephone-number mobile-number fax phones whatsapp cell"),
    (Url, Str, Strong, "url uri link href website webpage homepage urls links web-address avatar thumbnail favicon website-address"),
    (
        Path,
        Str,
        Strong,
        "path filepath file-path file-name filename directory folder-path paths filenames file-names directory-name folder-name",
    ),
    (
        Path,
        Str,
        Weak,
        "file folder files root workspace attachment attachments image images photo photos picture pictures video videos audio screenshot recording",
    ),
    (
        Id,
        Any,
        Strong,
        "id ids uuid guid identifier identifiers hash sha slug entity-id account-number order-number reservation-number \
        confirmation-number tracking-number serial-number invoice-number record-locator booking-reference booking-number \
        reservation-code confirmation-code issue-number pull-number case-number ticket-number policy-number reference-number \
        transaction-number passport-number license-number checksum fingerprint uid oid etag handle order-id",
    ),
    (Id, Str, Weak, "key token cursor reference index uid keys account card"),
    (
        Code,
        Str,
        Strong,
        "zip zip-code postal-code postcode ticker symbol stock-symbol coupon promo-code voucher vin isbn sku license-plate \
        flight-number password pin otp version iban swift-code barcode upc ip ip-address hostname domain domain-name hex hex-color port \
        username user-name login nickname tickers symbols api-key access-token secret auth-token stock-ticker cvv card-number \
        branch commit ref coupon-code discount-code promo verification-code passcode train-number room-number seat-number plate-number \
        zodiac-sign chapter bic cas-number smiles formula chemical-formula regex cron host namespace sequence dna-sequence",
    ),
    (
        Code,
        Num,
        Strong,
        "year zip zip-code postal-code pin otp year-of-birth release-year birth-year card-number cvv start-year end-year port \
        seat-number room-number",
    ),
    (Code, Str, Weak, "code codes number year tag seat"),
    (
        Datetime,
        Str,
        Strong,
        "date-time timestamp created-at updated-at deleted-at published-at sent-at expires-at modified-at started-at \
        ended-at completed-at due-at last-updated last-modified last-seen last-login scheduled-at received-at ordered-at placed-at closed-at \
        merged-at date-and-time start-date-time end-date-time remind-at",
    ),
    (Datetime, Str, Weak, "since start-at end-at starts-at ends-at until"),
    (
        Date,
        Str,
        Strong,
        "date dates birthday birth-date anniversary date-of-birth check-in-date check-out-date expiry expiration due-date day-of-travel \
        start-date end-date departure-date arrival-date return-date pickup-date delivery-date deadline dates",
    ),
    (Date, Str, Weak, "check-in check-out day from-date to-date period-start period-end"),
    (
        Time,
        Str,
        Strong,
        "time start-time end-time departure-time arrival-time opening-time closing-time time-of-day pickup-time hour times sunrise sunset \
        check-in-time check-out-time opens closes wake-up-time",
    ),
    (
        Duration,
        Num,
        Strong,
        "duration minutes seconds hours runtime timeout wait-time travel-time cook-time prep-time cooking-time milliseconds \
        running-time length-minutes total-time elapsed-time eta-minutes delay uptime duration-minutes duration-seconds duration-hours hour-count",
    ),
    (Duration, Num, Weak, "time length interval period"),
    (Duration, Str, Strong, "duration runtime time-period timeframe time-frame time-range flight-duration travel-time"),
    (
        CountPeople,
        Num,
        Strong,
        "guests adults children infants kids people passengers travelers party-size group-size attendees persons occupants \
        participants diners number-of-guests number-of-people number-of-adults number-of-children number-of-passengers \
        number-of-persons number-of-infants number-of-travelers party seniors students visitors passenger-count guest-count adult-count \
        number-guests number-people number-adults number-children number-passengers head-count family-size",
    ),
    (
        Count,
        Num,
        Strong,
        "count quantity rooms beds bedrooms bathrooms tickets copies servings items limit page offset size-limit page-size \
        per-page max-results results nights days weeks months years age floors steps retries stops top-k seats sides dice reviews \
        layers players games episodes words characters pages lines tries attempts positions points goals wins losses followers likes \
        views downloads stars-count forks comments replies employees stock in-stock units-sold term tenure lap-count available-seats \
        available-rooms number-of-rooms number-of-nights number-of-days number-of-items review-count ages baths calls maximum-results \
        total-results result-count trials iterations samples generations periods decimals decimal-places precision maximum-items rank number-results",
    ),
    (Count, Num, Weak, "total n k level size depth-limit floor batch"),
    (
        Money,
        Num,
        Strong,
        "price cost amount fee fare budget balance salary income payment deposit revenue tax tip bill expenses principal \
        loan-amount subtotal charge wage donation profit total-price total-cost usd expense debt mortgage rent premium price-per-night \
        hourly-rate nightly-rate daily-rate price-usd cash-flow earnings net-income investment initial-investment future-value present-value \
        face-value market-value property-value home-value loan fees taxes costs prices amounts refund-amount refund spending savings cap \
        market-cap dividend dividends contribution down-payment monthly-payment bid total-amount grand-total total-paid sale-price \
        list-price open-price close-price credit-limit credit payout pay",
    ),
    (Money, Num, Weak, "total value maximum minimum"),
    (Money, Str, Weak, "price cost amount fee fare budget balance salary"),
    (
        Rating,
        Num,
        Strong,
        "rating stars star-rating minimum-rating average-rating review-score guest-rating user-rating ratings imdb-rating",
    ),
    (Rating, Str, Weak, "rating"),
    (
        Percent,
        Num,
        Strong,
        "percent percentage interest-rate tax-rate growth-rate annual-rate discount-rate humidity tip-percentage \
        discount-percentage inflation-rate annual-interest-rate percentages battery-level battery chance-of-rain precipitation-chance \
        rate-of-return annual-return volume-level brightness confidence-level discount progress apr completion success-rate return-rate",
    ),
    (Latitude, Any, Strong, "latitude"),
    (Longitude, Any, Strong, "longitude"),
    (
        Quantity,
        Num,
        Strong,
        "weight height distance temperature speed width depth length area radius mass diameter altitude elevation pressure \
        voltage current power force energy velocity acceleration angle calories density mileage capacity bandwidth wind-speed \
        max-distance charge-capacity frequency wavelength volume resistance visibility square-feet protein fat carbs sodium sugar fiber \
        concentration circumference perimeter thickness torque momentum flow-rate heart-rate temperatures distances heights weights \
        feels-like humidity-ratio steps-goal size-mb file-size size-bytes base side hypotenuse moles molarity ph acidity azimuth dosage dose",
    ),
    (Currency, Str, Strong, "currency currency-code base-currency target-currency from-currency to-currency quote-currency currencies"),
    (Language, Str, Strong, "language language-code locale languages source-language target-language spoken-language"),
    (Unit, Str, Strong, "unit units unit-of-measure measurement-unit temperature-unit from-unit to-unit measurement-system unit-system"),
    (Country, Str, Strong, "country country-code nation countries country-name nationality home-country"),
    (
        Region,
        Str,
        Strong,
        "province region county district territory continent neighborhood state-code state-name regions suburb borough prefecture",
    ),
    (Region, Str, Weak, "state area zone"),
    (City, Str, Strong, "city town hometown municipality cities city-name"),
    (
        City,
        Str,
        Weak,
        "location origin destination from to departure arrival start end from-location to-location pickup dropoff locations place-name",
    ),
    (
        Airport,
        Str,
        Strong,
        "airport airport-code iata iata-code airports departure-airport arrival-airport origin-airport destination-airport airport-id-code",
    ),
    (
        Address,
        Str,
        Strong,
        "address street street-address pickup-address delivery-address shipping-address billing-address addresses \
        pickup-location dropoff-location drop-off-location start-address address-line address-line-1",
    ),
    (
        Place,
        Str,
        Strong,
        "venue place landmark station museum stadium theater attraction park places waypoints point-of-interest restaurant-name hotel-name \
        venue-name restaurant hotel poi train-station bus-station terminal gate building room site mall cinema hospital clinic pharmacy",
    ),
    (
        Person,
        Str,
        Strong,
        "first-name last-name full-name person author artist actor actress director singer customer-name guest-name \
        passenger-name patient-name doctor owner-name contact-name user-full-name authors actors musician composer writer assignee-name employee-name \
        recipient-name sender-name attendee-name student-name player-name host-name doctor-name author-name artist-name patient manager \
        therapist teacher instructor coach lawyer display-name middle-name maiden-name surname holder-name cast speaker driver driver-name",
    ),
    (
        Person,
        Str,
        Weak,
        "recipient contact sender user customer guest client player friend employee attendee attendees participants owner \
        assignee assignees recipients contacts members member invitees to guests friends participant passengers reviewer reviewers creator",
    ),
    (
        Org,
        Str,
        Strong,
        "company organization airline carrier team publisher employer bank university school club manufacturer vendor merchant \
        agency league company-name airline-name organization-name team-name bank-name supplier institution studio home-team away-team \
        brand-name school-name store-name retailer label-name seller provider airlines teams companies",
    ),
    (
        Title,
        Str,
        Strong,
        "title subject movie song album book film show track playlist project-name event-name headline course-name \
        movie-title book-title song-name album-name recipe-name product-name task-name item-name file-title game-name show-name course \
        podcast series game titles songs movies books playlist-name meeting-title job-title task-title recipe dish meal-name podcast-name",
    ),
    (Title, Str, Weak, "name event task project product meeting names item items products list"),
    (
        Query,
        Str,
        Strong,
        "query q search keyword keywords search-term search-terms term search-query queries phrase search-string search-text",
    ),
    (
        Text,
        Str,
        Strong,
        "message body content text description comment note notes reason feedback review bio summary caption instructions \
        question prompt details remarks answer sentence paragraph sql html markdown script source-code special-requests tweet additional-info \
        transcript html-body lyrics abstract document-text comment-text messages texts transcription cover-letter translation translated-text \
        definition explanation context passage article-text expression equation function program snippet code-snippet synopsis overview excerpt",
    ),
    (
        Category,
        Str,
        Strong,
        "category genre type kind cuisine color style theme status priority severity difficulty mode gender class cabin \
        size role department specialty sport diet mood industry field material breed species label model-type sort-by order-by sort sort-order \
        direction frequency season day-of-week weekday month skill condition disease position cabin-class seat-class room-type car-type \
        brand topic interest hobby occupation operator operation method level level-name experience-level format currency-type shape \
        ingredient ingredients allergy allergies symptom symptoms tags labels skills categories genres toppings amenities features \
        interests topics subject-area vehicle-type payment-method visibility orientation plan tier subscription-plan model make plant animal instrument \
        language-level element blood-type religion sector granularity interval resolution dietary-restrictions preferences preference \
        cuisine-type event-type job-type fuel-type transmission body-type conditions precipitation timezone time-zone food drink flavor hair-color \
        medication drug medicine treatment procedure service services activity activities stage phase crop fruit vegetable",
    ),
];

static RULES: LazyLock<FxHashMap<(bool, String), (SemType, Force)>> = LazyLock::new(|| {
    let mut rules = FxHashMap::default();
    for (sem, on, force, names) in ROWS {
        for name in names.split_whitespace() {
            for number in [false, true] {
                let applies = *on == Any || (*on == Num) == number;
                if applies {
                    // The first row that names a word wins, so that the table reads from the special to the general.
                    rules.entry((number, name.replace('-', " "))).or_insert((*sem, *force));
                }
            }
        }
    }
    rules
});

/// The rule for the last words of a name, longest first; a plural that the table does not name is looked up as its singular.
pub(super) fn by_suffix(words: &[String], number: bool) -> Option<(SemType, Force)> {
    let singular = words.last().map(|last| english::singular(last)).filter(|singular| words.last() != Some(singular));
    (1..=words.len().min(4)).rev().find_map(|length| {
        let suffix = &words[words.len() - length..];
        let found = RULES.get(&(number, suffix.join(" "))).copied();
        found.or_else(|| {
            let mut suffix = suffix.to_vec();
            *suffix.last_mut()? = singular.clone()?;
            RULES.get(&(number, suffix.join(" "))).copied()
        })
    })
}

/// People by what they are: `client` in `client_name`.
const PEOPLE: &[&str] = &[
    "agent",
    "applicant",
    "architect",
    "artist",
    "assistant",
    "athlete",
    "attorney",
    "author",
    "broker",
    "buyer",
    "caller",
    "candidate",
    "character",
    "chef",
    "child",
    "client",
    "coach",
    "colleague",
    "composer",
    "contact",
    "counselor",
    "customer",
    "dancer",
    "designer",
    "director",
    "doctor",
    "donor",
    "driver",
    "employee",
    "friend",
    "guest",
    "guardian",
    "host",
    "instructor",
    "inventor",
    "judge",
    "king",
    "landlord",
    "lawyer",
    "leader",
    "manager",
    "member",
    "musician",
    "nurse",
    "officer",
    "organizer",
    "owner",
    "painter",
    "parent",
    "participant",
    "partner",
    "renter",
    "resident",
    "borrower",
    "learner",
    "subscriber",
    "voter",
    "investor",
    "engineer",
    "developer",
    "accountant",
    "advisor",
    "editor",
    "reviewer",
    "passenger",
    "patient",
    "person",
    "philosopher",
    "photographer",
    "physician",
    "player",
    "poet",
    "president",
    "recipient",
    "scientist",
    "seller",
    "sender",
    "speaker",
    "spouse",
    "student",
    "teacher",
    "tenant",
    "theologian",
    "therapist",
    "trainer",
    "traveler",
    "user",
    "visitor",
    "volunteer",
    "worker",
    "writer",
    "actor",
    "actress",
    "celebrity",
    "artisan",
];

/// Whether a name is that of a person: `client_name`, not `server_name`.
pub(super) fn names_a_person(words: &[String]) -> bool {
    matches!(words, [.., who, name] if name == "name" && PEOPLE.contains(&who.as_str()))
}
