/** Languages and countries to choose from, named by the browser in the reader's language. */

const LANGUAGES =
  'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lo lt lv mg mk ml mn mr ms mt my nb ne nl nn pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi wo xh yo zh zu pt-BR zh-Hans zh-Hant';
/** ISO 3166-1. */
const COUNTRIES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

export interface Place {
  readonly value: string;
  readonly label: string;
}

export type PlaceType = 'language' | 'region';

/** A code's name; the code itself where there is none. */
export function placeName(locale: string, type: PlaceType, code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** All codes by name, with those that are chosen already though no list has them. */
export function places(locale: string, type: PlaceType, chosen: readonly string[]): Place[] {
  const names = new Intl.DisplayNames(locale, { type });
  const known = (type === 'language' ? LANGUAGES : COUNTRIES).split(' ');
  const extra = chosen.filter((code) => !known.includes(code)).map((code) => ({ value: code, label: placeName(locale, type, code) }));
  return [...known.map((code) => ({ value: code, label: names.of(code) ?? code })), ...extra].sort((a, b) => a.label.localeCompare(b.label, locale));
}
