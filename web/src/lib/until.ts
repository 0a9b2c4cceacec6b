/** Moments at which something ends: a mute, a ban. ISO 8601. */

/** The wire knows no mute without an end: one with an end in this year comes to it when somebody ends it. */
export const isForGood = (moment: string): boolean => moment.startsWith('9999-')
