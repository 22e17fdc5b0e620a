const radius = 49;
const circumference = 2 * Math.PI * radius;

/** A thin ring that runs out until the next code; `share` of the step is left. */
export function StepRing({ share }: { readonly share: number }) {
  const left = Math.min(1, Math.max(0, share));
  return (
    <svg aria-hidden viewBox="0 0 100 100" className="absolute inset-0 size-full -rotate-90 text-now">
      <circle cx="50" cy="50" r={radius} fill="none" className="stroke-line" strokeWidth="0.7" />
      <circle
        cx="50"
        cy="50"
        r={radius}
        fill="none"
        stroke="currentColor"
        strokeWidth="0.9"
        strokeLinecap="round"
        strokeDasharray={circumference}
        strokeDashoffset={circumference * (1 - left)}
        className="transition-[stroke-dashoffset] duration-250 ease-linear motion-reduce:transition-none"
      />
    </svg>
  );
}
