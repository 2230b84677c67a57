//! Systems that are a series of characters: circled numbers, letters, stems and branches, kana.

/// Stretches of consecutive characters and single ones, counted from `first`.
pub(super) struct Series {
    pub(super) first: u64,
    pub(super) runs: &'static [(char, char)],
}

impl Series {
    pub(super) fn read(&self, text: &str) -> Option<u64> {
        let mut characters = text.chars();
        let c = characters.next()?;
        if characters.next().is_some() {
            return None;
        }
        let mut before = self.first;
        for &(start, end) in self.runs {
            if (start..=end).contains(&c) {
                return Some(before + u64::from(u32::from(c) - u32::from(start)));
            }
            before += length(start, end);
        }
        None
    }

    pub(super) fn print(&self, value: u64) -> Option<String> {
        let mut left = value.checked_sub(self.first)?;
        for &(start, end) in self.runs {
            if left < length(start, end) {
                let offset = u32::try_from(left).ok()?;
                return char::from_u32(u32::from(start) + offset).map(String::from);
            }
            left -= length(start, end);
        }
        None
    }

    pub(super) fn holds(&self, c: char) -> bool {
        self.runs.iter().any(|&(start, end)| (start..=end).contains(&c))
    }
}

fn length(start: char, end: char) -> u64 {
    u64::from(u32::from(end) - u32::from(start)) + 1
}

macro_rules! series {
    ($($name:ident = $first:literal, [$($start:literal $(..= $end:literal)?),* $(,)?];)*) => {
        $(pub(super) const $name: Series = Series { first: $first, runs: &[$(series!(@run $start $(, $end)?)),*] };)*
    };
    (@run $start:literal) => { ($start, $start) };
    (@run $start:literal, $end:literal) => { ($start, $end) };
}

series! {
    CIRCLED = 0, ['⓪', '①'..='⑳', '㉑'..='㉟', '㊱'..='㊿'];
    CIRCLED_BLACK = 1, ['❶'..='❿', '⓫'..='⓴'];
    CIRCLED_DOUBLE = 1, ['⓵'..='⓾'];
    CIRCLED_SANS = 1, ['➀'..='➉'];
    CIRCLED_BLACK_SANS = 1, ['➊'..='➓'];
    PARENTHESISED = 1, ['⑴'..='⒇'];
    FULL_STOP = 1, ['⒈'..='⒛'];
    CIRCLED_HAN = 1, ['㊀'..='㊉'];
    PARENTHESISED_HAN = 1, ['㈠'..='㈩'];
    LATIN_UPPER = 1, ['A'..='Z'];
    LATIN_LOWER = 1, ['a'..='z'];
    LATIN_UPPER_WIDE = 1, ['Ａ'..='Ｚ'];
    LATIN_LOWER_WIDE = 1, ['ａ'..='ｚ'];
    CIRCLED_UPPER = 1, ['Ⓐ'..='Ⓩ'];
    CIRCLED_LOWER = 1, ['ⓐ'..='ⓩ'];
    PARENTHESISED_LOWER = 1, ['⒜'..='⒵'];
    PARENTHESISED_UPPER = 1, ['🄐'..='🄩'];
    CIRCLED_BLACK_UPPER = 1, ['🅐'..='🅩'];
    SQUARED_UPPER = 1, ['🄰'..='🅉'];
    SQUARED_BLACK_UPPER = 1, ['🅰'..='🆉'];
    STEMS = 1, ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    BRANCHES = 1, ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];
    KATAKANA = 1, [
        'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト',
        'ナ'..='ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ'..='モ', 'ヤ', 'ユ', 'ヨ', 'ラ'..='ロ', 'ワ', 'ヲ', 'ン',
    ];
    HIRAGANA = 1, [
        'あ', 'い', 'う', 'え', 'お', 'か', 'き', 'く', 'け', 'こ', 'さ', 'し', 'す', 'せ', 'そ', 'た', 'ち', 'つ', 'て', 'と',
        'な'..='の', 'は', 'ひ', 'ふ', 'へ', 'ほ', 'ま'..='も', 'や', 'ゆ', 'よ', 'ら'..='ろ', 'わ', 'を', 'ん',
    ];
    KATAKANA_IROHA = 1, [
        'イ', 'ロ', 'ハ', 'ニ', 'ホ', 'ヘ', 'ト', 'チ', 'リ', 'ヌ', 'ル', 'ヲ', 'ワ', 'カ', 'ヨ', 'タ', 'レ', 'ソ', 'ツ', 'ネ', 'ナ',
        'ラ', 'ム', 'ウ', 'ヰ', 'ノ', 'オ', 'ク', 'ヤ', 'マ', 'ケ', 'フ', 'コ', 'エ', 'テ', 'ア', 'サ', 'キ', 'ユ', 'メ', 'ミ', 'シ', 'ヱ',
        'ヒ', 'モ', 'セ', 'ス',
    ];
    HIRAGANA_IROHA = 1, [
        'い', 'ろ', 'は', 'に', 'ほ', 'へ', 'と', 'ち', 'り', 'ぬ', 'る', 'を', 'わ', 'か', 'よ', 'た', 'れ', 'そ', 'つ', 'ね', 'な',
        'ら', 'む', 'う', 'ゐ', 'の', 'お', 'く', 'や', 'ま', 'け', 'ふ', 'こ', 'え', 'て', 'あ', 'さ', 'き', 'ゆ', 'め', 'み', 'し', 'ゑ',
        'ひ', 'も', 'せ', 'す',
    ];
    CIRCLED_KATAKANA = 1, ['㋐'..='㋾'];
    HANGUL = 1, ['가', '나', '다', '라', '마', '바', '사', '아', '자', '차', '카', '타', '파', '하'];
    JAMO = 1, ['ㄱ', 'ㄴ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
    CIRCLED_HANGUL = 1, ['㉮'..='㉻'];
    CIRCLED_JAMO = 1, ['㉠'..='㉭'];
    PARENTHESISED_HANGUL = 1, ['㈎'..='㈛'];
    PARENTHESISED_JAMO = 1, ['㈀'..='㈍'];
}
