import { Typography } from 'antd';

/** A line for a terminal, whole: it breaks on the screen, not where it is copied. */
export function Command({ line }: { readonly line: string }) {
  return (
    <div className="rounded-card border border-line bg-paper px-3 py-2 text-small">
      <Typography.Text copyable className="break-all font-mono">
        {line}
      </Typography.Text>
    </div>
  );
}
