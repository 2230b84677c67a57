//! Words that title a part of a tutorial or book, or a figure or table, in other languages than English, Chinese, Japanese
//! and Korean: `Schritt 2`, `Глава 3`, `Abb. 4`.

/// The words, in lower case, and what they count.
pub(super) const TITLES: &[(&str, &str)] = &[
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
    ("etapa", "step"),
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
    ("этап", "step"),
    ("етап", "step"),
    ("etap", "step"),
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
    ("aşama", "step"),
    ("tahap", "step"),
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

/// Words that captions begin with, and what they count: each language by itself, since captions may be in two.
pub(super) const CAPTIONS: &[(&str, &str)] = &[
    ("abbildung", "abbildung"),
    ("abb.", "abbildung"),
    ("tabelle", "tabelle"),
    ("tab.", "tabelle"),
    ("tableau", "tableau"),
    ("figura", "figura"),
    ("figuur", "figuur"),
    ("figur", "figur"),
    ("tabella", "tabella"),
    ("tabell", "tabell"),
    ("tabela", "tabela"),
    ("tabel", "tabel"),
    ("tabla", "tabla"),
    ("rysunek", "rysunek"),
    ("rys.", "rysunek"),
    ("Рисунок", "рисунок"),
    ("Рис.", "рисунок"),
    ("Таблица", "таблица"),
    ("Таблиця", "таблиця"),
    ("Табл.", "таблица"),
];

/// Titles of sections about the one with their number, in lower case: `Kapitel 2: Übungen`.
pub(super) const ABOUT: &[&str] = &[
    "übung", "übungen", "aufgaben", "lösungen", "zusammenfassung", "exercices", "solutions", "résumé", "ejercicios",
    "soluciones", "resumen", "exercícios", "soluções", "resumo", "esercizi", "soluzioni", "riepilogo", "упражнения",
    "задания", "решения", "итоги", "вправи", "ćwiczenia", "zadania", "podsumowanie", "oefeningen", "samenvatting",
    "alıştırmalar", "özet", "bài tập", "latihan",
];

/// What a word counts.
pub(super) fn title(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    TITLES.iter().find(|(known, _)| *known == lower).map(|(_, counted)| *counted)
}

/// What a word of another language names, whatever its ending: `шаге` is `шаг`, and `главы` `глава`.
pub(super) fn spoken(word: &str) -> Option<&'static str> {
    /// Those of words in ASCII letters; others would make names of them: Babel, Steger.
    const ENDINGS: &[&str] = &["", "s", "n", "en", "te", "u", "i", "iem", "em", "ach", "owi", "ssa", "ta", "et"];
    /// So many letters another ending has at most.
    const LONGEST: usize = 3;
    let is_form = |known: &str| {
        let stem = known.trim_end_matches(['а', 'я', 'е', 'ь']);
        if stem.is_ascii() {
            return word.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending));
        }
        let stem = if stem.chars().count() > 2 { stem } else { known };
        word.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= LONGEST)
    };
    TITLES.iter().find(|(known, _)| is_form(known)).map(|(_, counted)| *counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_their_forms() {
        for word in ["шаг", "шаге", "шагами", "главы", "части", "kapitels", "pasos", "krokiem", "adımda", "étapes"]
        {
            assert!(spoken(word).is_some(), "{word}");
        }
        for word in ["past", "pass", "fast", "stage", "particle", "partial", "modular", "babel", "steger"] {
            assert_eq!(spoken(word), None, "{word}");
        }
        assert_eq!(title("ШАГ"), Some("step"));
        assert_eq!(title("шаге"), None);
    }
}
