/** Where the time comes from. The product's clock may run ahead in a demonstration; it never goes back. */
export interface Clock {
  now(): Date;
}
