/** Letters that Unicode does not take apart, and spellings that people write for one another. */
const spelled: Readonly<Record<string, string>> = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    ł: 'l',
    ħ: 'h',
    ŧ: 't',
    þ: 'th',
    ı: 'i',
    ŋ: 'n',
    ə: 'e',
  },
  ...{ ς: 'σ', ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' },
  ...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ې: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ھ: 'ه', ـ: '' },
  ...{ ґ: 'г', ұ: 'у', қ: 'к', ң: 'н', ғ: 'г', ә: 'а', ө: 'о' },
  '&': ' and ',
}
const letters = new RegExp(`[${Object.keys(spelled).join('')}]`, 'gu')

/** Marks over and under letters. The vowel signs of Indic and Thai scripts are marks as well, and make other words. */
const accents =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Syriac}]|[\u093c\u09bc\u0a3c\u0abc\u0b3c]/gu

/** What is there to be seen by programs alone, such as joiners and marks of direction. */
const invisible = /[\p{Cf}\p{Cc}\p{Cs}]/gu

/** Katakana stands 0x60 after the hiragana of the same sound. */
const katakana = /[\u30a1-\u30f6]/gu

/** Folds a text to what searches compare: one case, no accents, one spelling of letters that are written in several ways. */
export const fold = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(invisible, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(accents, '')
    .replace(letters, (letter) => spelled[letter] ?? letter)
    .replace(katakana, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
