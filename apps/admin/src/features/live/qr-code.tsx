import { create } from 'qrcode';
import { useMemo } from 'react';

/** Modules of white around the code, as scanners want them. */
const quiet = 2;

/** The code of a text as one drawn path: sharp at any size, black as the ink around it. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const dots: string[] = [];
    for (let row = 0; row < modules.size; row += 1)
      for (let column = 0; column < modules.size; column += 1)
        if (modules.get(row, column)) dots.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
    return { size: modules.size + 2 * quiet, path: dots.join('') };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-full text-ink"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
