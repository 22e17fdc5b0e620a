import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  defaultHighlightStyle,
  HighlightStyle,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';

/** A fault of the text: on which line, counted from 1, and what is wrong there. */
export interface TextFault {
  readonly line: number;
  readonly sentence: string;
}

export interface JsonEditorHandle {
  /** Puts the cursor on a line and the line in sight. */
  readonly goTo: (line: number) => void;
}

export interface JsonEditorProps {
  readonly ref?: Ref<JsonEditorHandle>;
  /** Names the text to those who do not see it. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly faults: readonly TextFault[];
  /** A CSS length; the text scrolls inside. */
  readonly height: string;
}

const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '0.95em' },
  '&.cm-focused': { outline: '2px solid var(--primary)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '1.6' },
  '.cm-gutters': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink-2)',
    borderInlineEnd: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--primary) 8%, transparent)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-content': { caretColor: 'var(--ink)' },
});
/** Names stand out from values in the light and in the dark; the rest is ink. */
const colours = HighlightStyle.define(
  defaultHighlightStyle.specs.flatMap(({ tag }) => ({ tag, color: 'var(--ink)' })),
);

/** The editor itself; uncontrolled inside, so that typing keeps its history and its cursor. */
export function JsonEditorView({ ref, label, value, onChange, faults, height }: JsonEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const begin = useEffectEvent((parent: HTMLElement) => {
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          bracketMatching(),
          highlightActiveLine(),
          json(),
          syntaxHighlighting(colours),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          // Reached by the keyboard, and with it what scrolls around it.
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          theme,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return editor;
  });
  useEffect(() => {
    const editor = place.current && begin(place.current);
    return () => editor?.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    const diagnostics = faults.map(({ line, sentence }) => {
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return { from, to, severity: 'error' as const, message: sentence };
    });
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [faults]);

  useImperativeHandle(ref, () => ({
    goTo: (line) => {
      const editor = view.current;
      if (!editor) return;
      const { doc } = editor.state;
      const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      editor.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      editor.focus();
    },
  }));

  return (
    <div
      ref={place}
      className="overflow-hidden rounded-card border border-line [&_.cm-editor]:h-full"
      style={{ height }}
    />
  );
}
