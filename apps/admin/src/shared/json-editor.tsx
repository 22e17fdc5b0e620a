import { LoadingState } from '@cadre/ui/admin';
import { lazy, Suspense, type Ref } from 'react';

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

const Editor = lazy(() =>
  import('./json-editor-view').then(({ JsonEditorView }) => ({ default: JsonEditorView })),
);

/** A JSON text with line numbers, colours and its faults marked where they are. The editor is loaded when it is needed. */
export function JsonEditor(props: JsonEditorProps) {
  return (
    <Suspense fallback={<LoadingState rows={4} />}>
      <Editor {...props} />
    </Suspense>
  );
}
