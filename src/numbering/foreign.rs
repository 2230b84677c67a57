//! Words that title a part of a tutorial or book in other languages than English, Chinese, Japanese and Korean:
//! `Schritt 2`, `Глава 3`.

/// The words, in lower case, and what they count.
const TITLES: &[(&str, &str)] = &[
    // German, Dutch, the languages of the North.
    ("schritt", "step"),
    ("stap", "step"),
    ("steg", "step"),
    ("trinn", "step"),
    ("vaihe", "step"),
    ("kapitel", "chapter"),
    ("hoofdstuk", "chapter"),
    ("abschnitt", "节"),
    ("teil", "part"),
    ("deel", "part"),
    ("lektion", "课"),
    ("aufgabe", "task"),
    ("übung", "exercise"),
    ("beispiel", "example"),
    ("frage", "Q"),
    ("woche", "week"),
    ("modul", "module"),
    // French, Spanish, Portuguese, Italian, Romanian.
    ("étape", "step"),
    ("etape", "step"),
    ("paso", "step"),
    ("passo", "step"),
    ("passaggio", "step"),
    ("pasul", "step"),
    ("chapitre", "chapter"),
    ("capítulo", "chapter"),
    ("capitulo", "chapter"),
    ("capitolo", "chapter"),
    ("capitolul", "chapter"),
    ("partie", "part"),
    ("parte", "part"),
    ("sección", "节"),
    ("seção", "节"),
    ("sezione", "节"),
    ("leçon", "课"),
    ("lección", "课"),
    ("lição", "课"),
    ("lezione", "课"),
    ("aula", "课"),
    ("exercice", "exercise"),
    ("ejercicio", "exercise"),
    ("exercício", "exercise"),
    ("esercizio", "exercise"),
    ("exemple", "example"),
    ("ejemplo", "example"),
    ("exemplo", "example"),
    ("esempio", "example"),
    ("fase", "phase"),
    ("etapa", "stage"),
    ("semaine", "week"),
    ("semana", "week"),
    ("settimana", "week"),
    ("módulo", "module"),
    ("modulo", "module"),
    // Russian, Ukrainian, Polish, Czech.
    ("шаг", "step"),
    ("крок", "step"),
    ("krok", "step"),
    ("глава", "chapter"),
    ("розділ", "chapter"),
    ("rozdział", "chapter"),
    ("kapitola", "chapter"),
    ("часть", "part"),
    ("частина", "part"),
    ("część", "part"),
    ("část", "part"),
    ("раздел", "节"),
    ("урок", "课"),
    ("lekcja", "课"),
    ("этап", "stage"),
    ("етап", "stage"),
    ("etap", "stage"),
    ("задание", "task"),
    ("завдання", "task"),
    ("zadanie", "task"),
    ("упражнение", "exercise"),
    ("пример", "example"),
    ("приклад", "example"),
    ("неделя", "week"),
    ("модуль", "module"),
    // Turkish, Vietnamese, Indonesian.
    ("adım", "step"),
    ("bước", "step"),
    ("langkah", "step"),
    ("bölüm", "chapter"),
    ("chương", "chapter"),
    ("bab", "chapter"),
    ("phần", "part"),
    ("bagian", "part"),
    ("ders", "课"),
    ("bài", "课"),
    ("aşama", "stage"),
    ("tahap", "stage"),
    ("örnek", "example"),
    ("contoh", "example"),
    ("tuần", "week"),
    // Arabic, Persian, Hebrew, Hindi, Greek.
    ("الخطوة", "step"),
    ("مرحله", "step"),
    ("שלב", "step"),
    ("चरण", "step"),
    ("βήμα", "step"),
    ("الفصل", "chapter"),
    ("فصل", "chapter"),
    ("פרק", "chapter"),
    ("अध्याय", "chapter"),
    ("κεφάλαιο", "chapter"),
    ("الجزء", "part"),
    ("भाग", "part"),
    ("الدرس", "课"),
];

/// What a word counts.
pub(super) fn title(word: &str) -> Option<&'static str> {
    let lower = || word.chars().flat_map(char::to_lowercase);
    TITLES.iter().find(|(known, _)| lower().eq(known.chars())).map(|(_, counted)| *counted)
}

/// What a word of another language names, whatever its ending: `шаге` is `шаг`, and `главы` `глава`.
pub(super) fn spoken(word: &str) -> Option<&'static str> {
    let is_form = |known: &str| {
        // `paso` is no form of "past": short words of ASCII stay whole.
        let stem = known.trim_end_matches(['a', 'e', 'o', 'а', 'я', 'е', 'ь']);
        let (short, ending) = if stem.is_ascii() { (4, 2) } else { (2, 3) };
        let is_long = stem.chars().count() > short;
        let behind = word.strip_prefix(if is_long { stem } else { known });
        behind.is_some_and(|behind| behind.chars().count() <= ending)
    };
    TITLES.iter().find(|(known, _)| is_form(known)).map(|(_, counted)| *counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_their_forms() {
        for word in ["шаг", "шаге", "шагами", "главы", "части", "kapitels", "pasos", "lekcji", "adımda", "étapes"]
        {
            assert!(spoken(word).is_some(), "{word}");
        }
        for word in ["past", "pass", "fast", "stage", "particle"] {
            assert_eq!(spoken(word), None, "{word}");
        }
        assert_eq!(title("ШАГ"), Some("step"));
        assert_eq!(title("шаге"), None);
    }
}
