/** A text that stands in one line wherever it stands. */
export const whole = (text: string): string => text.replaceAll(' ', '\u00a0');
