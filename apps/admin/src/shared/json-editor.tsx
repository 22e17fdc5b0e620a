import { LoadingState } from '@cadre/ui/admin';
import { lazy, Suspense } from 'react';
import type { JsonEditorProps } from './json-editor-view';

export type { JsonEditorHandle } from './json-editor-view';

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
