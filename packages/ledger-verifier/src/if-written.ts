/** What follows from records; null of those that are whole, but not what the product writes: nothing follows from them. */
export function ifWritten<Result>(derive: () => Result): Result | null {
  try {
    return derive();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}
