//! The people of the demo: made up from common names, with addresses under domains that belong to nobody.

use fastrand::Rng;

/// Where names come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    German,
    Polish,
    Spanish,
    English,
}

/// Somebody with a name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub email: String,
}

const GERMAN: (&[&str], &[&str]) = (
    &[
        "Anke", "Bernd", "Björn", "Carola", "Dirk", "Elke", "Finn", "Greta", "Hauke", "Heike", "Ines", "Jan", "Jörg",
        "Jürgen", "Katrin", "Lars", "Lena", "Malte", "Maren", "Niklas", "Ole", "Petra", "Rüdiger", "Silke", "Sönke",
        "Thorben", "Uwe", "Wiebke",
    ],
    &[
        "Ahrens",
        "Behrens",
        "Böttcher",
        "Carstens",
        "Dierks",
        "Ehlers",
        "Feddersen",
        "Gerken",
        "Hansen",
        "Jürgens",
        "Köhler",
        "Krüger",
        "Lübke",
        "Möller",
        "Nissen",
        "Oltmann",
        "Petersen",
        "Quast",
        "Reimers",
        "Schröder",
        "Stöver",
        "Thomsen",
        "Voß",
        "Wulff",
    ],
);

/// Family names that men and women have alike.
const POLISH: (&[&str], &[&str]) = (
    &[
        "Agnieszka",
        "Bartosz",
        "Beata",
        "Dariusz",
        "Ewa",
        "Grzegorz",
        "Iwona",
        "Jacek",
        "Joanna",
        "Kacper",
        "Łukasz",
        "Małgorzata",
        "Marek",
        "Michał",
        "Paweł",
        "Piotr",
        "Rafał",
        "Sławomir",
        "Stanisław",
        "Tomasz",
        "Wiesław",
        "Zbigniew",
        "Żaneta",
    ],
    &[
        "Bąk",
        "Baran",
        "Ćwik",
        "Dąbek",
        "Duda",
        "Gołąb",
        "Kaczmarek",
        "Kozioł",
        "Krawczyk",
        "Król",
        "Kubiak",
        "Lis",
        "Mazur",
        "Nowak",
        "Pawlak",
        "Pietrzak",
        "Sikora",
        "Stępień",
        "Szewczyk",
        "Walczak",
        "Wójcik",
        "Wróbel",
        "Zając",
        "Żak",
    ],
);

const SPANISH: (&[&str], &[&str]) = (
    &[
        "Álvaro",
        "Andrés",
        "Antía",
        "Begoña",
        "Brais",
        "Carmen",
        "Concepción",
        "Diego",
        "Elena",
        "Fermín",
        "Iria",
        "Javier",
        "Jesús",
        "Joaquín",
        "Lucía",
        "Manuel",
        "María",
        "Martín",
        "Noa",
        "Óscar",
        "Pilar",
        "Raúl",
        "Rocío",
        "Sofía",
        "Uxía",
        "Xabier",
    ],
    &[
        "Álvarez",
        "Blanco",
        "Castro",
        "Domínguez",
        "Estévez",
        "Fernández",
        "García",
        "Gómez",
        "Iglesias",
        "López",
        "Martínez",
        "Méndez",
        "Núñez",
        "Otero",
        "Peña",
        "Pérez",
        "Quiroga",
        "Rodríguez",
        "Sánchez",
        "Varela",
        "Vázquez",
        "Yáñez",
    ],
);

const ENGLISH: (&[&str], &[&str]) = (
    &[
        "Aisha", "Alan", "Beth", "Callum", "Catriona", "Dean", "Eilidh", "Fergus", "Gemma", "Harry", "Imogen", "Jack",
        "Kayleigh", "Liam", "Megan", "Nathan", "Orla", "Priya", "Ross", "Sean", "Tamsin", "Will",
    ],
    &[
        "Armstrong",
        "Baxter",
        "Campbell",
        "Doyle",
        "Elliott",
        "Fraser",
        "Grant",
        "Hughes",
        "Irvine",
        "Johnston",
        "Kerr",
        "Lennox",
        "MacLeod",
        "Nolan",
        "O'Neill",
        "Patel",
        "Ramsay",
        "Sinclair",
        "Taylor",
        "Walsh",
    ],
);

/// Makes people up, each once.
pub(super) struct Cast {
    rng: Rng,
    names: std::collections::HashSet<String>,
}

impl Cast {
    /// The same seed gives the same people.
    pub(super) fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), names: std::collections::HashSet::new() }
    }

    /// Somebody with a name of one of these tongues and an address at one of these domains.
    pub(super) fn somebody(&mut self, tongues: &[Tongue], domains: &[&str]) -> Person {
        let (given, family) = loop {
            let tongue = tongues[self.rng.usize(..tongues.len())];
            let (given, family) = match tongue {
                Tongue::German => GERMAN,
                Tongue::Polish => POLISH,
                Tongue::Spanish => SPANISH,
                Tongue::English => ENGLISH,
            };
            let mut pick = |names: &[&'static str]| names[self.rng.usize(..names.len())];
            let (given, first, second) = (pick(given), pick(family), pick(family));
            let two = tongue == Tongue::Spanish && second != first;
            let family = if two { format!("{first} {second}") } else { first.to_owned() };
            // Nobody has another's address, so nobody has another's first two names.
            if self.names.insert(format!("{given} {first}")) {
                break (given, family);
            }
        };
        let first = family.split(' ').next().unwrap_or_default();
        let domain = domains[self.rng.usize(..domains.len())];
        let local = format!("{}.{}", plain(given), plain(first));
        Person { name: format!("{given} {family}"), email: format!("{local}@{domain}") }
    }
}

/// A name as people write it in an address.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.to_lowercase().chars() {
        plain.push_str(match letter {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'á' | 'ą' => "a",
            'ć' => "c",
            'é' | 'ę' => "e",
            'í' => "i",
            'ł' => "l",
            'ñ' | 'ń' => "n",
            'ó' => "o",
            'ś' => "s",
            'ú' => "u",
            'ź' | 'ż' => "z",
            'a'..='z' => {
                plain.push(letter);
                continue;
            }
            _ => "",
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Tongue; 4] = [Tongue::German, Tongue::Polish, Tongue::Spanish, Tongue::English];

    fn people(seed: u64) -> Vec<Person> {
        let mut cast = Cast::new(seed);
        (0..400).map(|_| cast.somebody(&ALL, &["one.example.com", "two.example.org"])).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_people() {
        assert_eq!(people(1), people(1));
        assert_ne!(people(1), people(2));
    }

    #[test]
    fn everybody_has_an_address_of_their_own() {
        let people = people(1);
        let emails: std::collections::HashSet<_> = people.iter().map(|person| &person.email).collect();
        assert_eq!(emails.len(), people.len());
        for person in &people {
            let (local, _) = person.email.split_once('@').unwrap();
            let sound = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(local.split('.').count() == 2 && local.split('.').all(sound), "{person:?}");
            shared::domain::EmailAddress::parse(&person.email).unwrap();
            shared::domain::PersonName::parse(&person.name).unwrap();
        }
    }
}
