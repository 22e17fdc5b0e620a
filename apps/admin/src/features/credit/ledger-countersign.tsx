import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { countersignatureMessage, type OfficeRow, type SealedRow } from '@cadre/domain/ledger';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Input, Upload } from 'antd';
import { useState, type ReactNode } from 'react';
import { save } from '../../shared/download';
import { Failed } from '../../shared/failure';
import { Command } from './command';
import { isPrivateKey, signatureOf, toBase64Url } from './ledger-signature';
import { ledgerWords } from './ledger.words';
import { countersignFiles, keyFiles } from './office-files';

interface CountersignProps {
  readonly root: SealedRow;
  readonly office: OfficeRow;
}

/** The time of signing stands in the text to be signed, so the same one is kept with each key until the signature comes back. */
function signingTime({ root, office }: CountersignProps, now: Date): Date {
  const name = `countersign ${root.rootHash} ${office.role} ${office.baseId ?? ''} ${office.key?.keyId ?? ''}`;
  const kept = localStorage.getItem(name);
  const time = kept === null ? now : new Date(kept);
  localStorage.setItem(name, time.toISOString());
  return time;
}

/** Three steps for an office: take the text away, sign it elsewhere, hand the signature in. */
export function LedgerCountersign({ root, office }: CountersignProps) {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const now = useNow(60_000);
  const [signedAt] = useState(() => signingTime({ root, office }, now));
  const [text, setText] = useState('');
  const [wasPrivate, setWasPrivate] = useState(false);
  // A private key is not even kept on the screen.
  const take = (handed: string): void => {
    setWasPrivate(isPrivateKey(handed));
    setText(isPrivateKey(handed) ? '' : handed);
  };
  const name = format.text(office.name);
  const send = useMutation(
    api.ledger.countersign.mutationOptions({
      onSuccess: () => {
        sayDone(say('sign.done', { office: name, number: root.number }));
        void queries.invalidateQueries(api.ledger.sealed.queryFilter());
      },
    }),
  );
  if (!office.key) return <p className="text-ink-2">{say('sign.noKey', { office: name })}</p>;
  const content = {
    rootNumber: root.number,
    role: office.role,
    baseId: office.baseId,
    keyId: office.key.keyId,
    signedAt,
  };
  const files = countersignFiles(office, root, signedAt);
  const { privateKey } = keyFiles(office, office.key.number);
  const signature = signatureOf(text);
  const isUnreadable = text.trim() !== '' && signature === null;
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 className="font-semibold text-ink">{say('sign.title', { office: name })}</h3>
      <Step no={1} title={say('sign.one')} hint={say('sign.oneHint')}>
        <Button
          size="small"
          onClick={() =>
            save(new Blob([countersignatureMessage({ ...content, rootHash: root.rootHash })]), files.text)
          }
        >
          {say('sign.one')}
        </Button>
      </Step>
      <Step no={2} title={say('sign.two')} hint={say('sign.twoHint')}>
        <Command
          line={`openssl pkeyutl -sign -rawin -inkey ${privateKey} -in ${files.text} -out ${files.signature}`}
        />
        <p className="text-small text-ink-2">
          {say('sign.keyFile', { number: office.key.number, file: privateKey })}
        </p>
        <p className="text-small text-ink-2">{say('openssl')}</p>
      </Step>
      <Step no={3} title={say('sign.three')} hint={say('sign.threeHint')}>
        <Input.TextArea
          aria-label={say('sign.paste')}
          rows={3}
          value={text}
          status={isUnreadable || wasPrivate ? 'error' : ''}
          onChange={({ target }) => take(target.value)}
        />
        {wasPrivate && (
          <p role="alert" className="text-refusal">
            {say('sign.private')}
          </p>
        )}
        {isUnreadable && <p className="text-refusal">{say('sign.unreadable')}</p>}
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            void readSignature(file).then(take);
            return false;
          }}
        >
          <Button size="small">{say('sign.file')}</Button>
        </Upload>
      </Step>
      <Failed error={send.error} />
      <div>
        <Button
          type="primary"
          disabled={signature === null}
          loading={send.isPending}
          onClick={() => send.mutate({ ...content, signature: signature ?? '' })}
        >
          {say('sign.send')}
        </Button>
      </div>
    </section>
  );
}

/** A signature file holds 64 bytes as they are, or a text of them. */
async function readSignature(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return bytes.length === 64 ? toBase64Url(bytes) : new TextDecoder().decode(bytes);
}

function Step({
  no,
  title,
  hint,
  children,
}: {
  readonly no: number;
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex flex-col items-stretch gap-1.5">
      <p>
        {no}. {title}
        <span className="block text-small text-ink-2">{hint}</span>
      </p>
      <div className="flex flex-col items-start gap-1.5 [&>div]:w-full [&>textarea]:w-full">{children}</div>
    </div>
  );
}
