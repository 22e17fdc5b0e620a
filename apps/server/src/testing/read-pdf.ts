import { inflateSync } from 'node:zlib';

/** The text that each page of one of our PDFs shows, read back through the fonts that are embedded in it. */
export function readPdf(file: Buffer): string[] {
  const source = file.toString('latin1');
  const objects = new Map(
    [...source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)].map(([, number, body]) => [
      Number(number),
      body ?? '',
    ]),
  );
  const streamOf = (number: number): string => {
    const body = objects.get(number) ?? '';
    const start = body.indexOf('stream\n') + 7;
    const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1');
    return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
  };
  const refOf = (body: string, key: string): number =>
    Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(body)?.[1] ?? Number.NaN);
  const glyphsOf = (font: number): Map<number, string> => {
    const glyphs = new Map<number, string>();
    for (const [, first, list] of streamOf(refOf(objects.get(font) ?? '', 'ToUnicode')).matchAll(
      /<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g,
    ))
      (list ?? '').match(/<[^>]*>/g)?.forEach((code, index) => {
        const units = code.match(/[0-9a-f]{4}/g) ?? [];
        glyphs.set(
          Number.parseInt(first ?? '', 16) + index,
          String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
        );
      });
    return glyphs;
  };
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\n/.test(body))
    .map((page) => {
      const resources = objects.get(refOf(page, 'Resources')) ?? '';
      const fonts = new Map(
        [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, font]) => [
          name,
          glyphsOf(Number(font)),
        ]),
      );
      let glyphs = new Map<number, string>();
      const words: string[] = [];
      for (const [, font, shown] of streamOf(refOf(page, 'Contents')).matchAll(
        /\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g,
      )) {
        if (font !== undefined) glyphs = fonts.get(font) ?? glyphs;
        else
          words.push(
            [...(shown ?? '').matchAll(/<([0-9a-f]+)>/g)]
              .flatMap(([, hex]) => (hex ?? '').match(/.{4}/g) ?? [])
              .map((glyph) => glyphs.get(Number.parseInt(glyph, 16)) ?? '\ufffd')
              .join(''),
          );
      }
      return words.join('\n');
    });
}
