const maximumLength = 64
/** A character that the eye counts as one can be written with many: a family, a flag, a letter with its marks. */
const maximumCodePoints = 256

// RFC 5892, appendix A.1 and A.2: joiners belong after a virama, and a non-joiner also between letters that would join.
const virama =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u1039\\u103a\\u1714\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\ua806\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed'
const joining =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mandaic}\\p{Script=Nko}\\p{Script=Mongolian}\\p{Script=Phags_Pa}\\p{Script=Adlam}\\p{Script=Hanifi_Rohingya}'
const joiners = new RegExp(
  `(?<=[${virama}])[\\u200c\\u200d]|(?<=[${joining}]\\p{M}*)\\u200c(?=\\p{M}*[${joining}])`,
  'gu',
)

// UTS 51: emoji joined to one another, and the tags that spell a flag.
const joinedEmoji =
  /(?<=\p{Extended_Pictographic}[\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]*)\u200d(?=\p{Extended_Pictographic})/gu
const flagTags = /(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f}/gu

/** `bare` is the name without the joiners that stand where they belong. */
type Check = readonly [isBroken: (bare: string, name: string) => boolean, words: string]

// In the order a person should hear of them.
const checks: readonly Check[] = [
  [(bare) => bare.trim() === '', 'is empty'],
  [(bare) => bare.trim() !== bare, 'begins or ends with a space'],
  [
    (_, name) => [...name].length > maximumCodePoints || lengthOf(name) > maximumLength,
    `is longer than ${maximumLength} characters`,
  ],
  [(bare) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(bare), 'contains a line break or a control character'],
  [
    (bare) => /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(bare),
    'contains a character that changes the direction of the text',
  ],
  [
    (bare) => /(?![\ufe0e\ufe0f])[\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(bare),
    'contains a character that cannot be seen',
  ],
  [(bare) => /\p{C}/u.test(bare), 'contains a character that is none'],
  [(bare) => !/[\p{L}\p{N}\p{P}\p{S}]/u.test(bare), 'shows nothing'],
]

/**
 * Finds the first rule that the name of an app or a person breaks, in words that go on from "The name", or `undefined`.
 * Joiners are accepted where a language or an emoji needs them (RFC 5892, appendix A; UTS 51).
 */
export function nameFault(name: string): string | undefined {
  const bare = name.replace(joiners, '').replace(joinedEmoji, '').replace(flagTags, '')
  return checks.find(([isBroken]) => isBroken(bare, name))?.[1]
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const lengthOf = (name: string): number => [...segmenter.segment(name)].length
