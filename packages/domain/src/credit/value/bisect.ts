/** The least number that will do, between one that will not and one that will. */
export function leastBetween(low: number, high: number, isEnough: (value: number) => boolean): number {
  let [tooLittle, enough] = [low, high];
  while (enough - tooLittle > 1) {
    const middle = Math.floor((tooLittle + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}
