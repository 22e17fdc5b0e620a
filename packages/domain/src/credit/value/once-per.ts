/**
 * Keeps what is made of an object for as long as that lives: what of a regulation is the same for everybody is worked
 * out once. What depends on two objects is kept for the second one inside what is kept for the first.
 */
export function oncePer<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const kept = new WeakMap<Of, { readonly made: Made }>();
  return (of) => {
    const known = kept.get(of);
    if (known) return known.made;
    const made = make(of);
    kept.set(of, { made });
    return made;
  };
}
