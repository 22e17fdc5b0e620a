export const byId = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;

export function make(tag: string, className: string, ...content: (string | Node)[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}
