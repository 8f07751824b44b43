/** A name, number or address between the words of a sentence, whose letters may run the other way. */

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/** As `<bdi>`, for places that take text only. */
export const isolated = (text: string) => `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`
