import { BrandMark } from '@cadre/ui/admin';
import { applyAppearance, rememberedAppearance } from '@cadre/ui/appearance';
import { useLanguage } from '@cadre/ui/i18n';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { productName } from '../../shared/product-name';
import { identityWords } from './identity.words';
import { SignInForm } from './sign-in-form';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const say = identityWords.use();
  const language = useLanguage();
  const router = useRouter();
  const { back } = route.useSearch();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <main className="flex min-h-dvh flex-col px-6 pt-4 pb-10">
      <title>{say('signIn.title')}</title>
      <div className="flex justify-end">
        <Button
          type="text"
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => applyAppearance({ ...rememberedAppearance(), language: other })}
        >
          {other === 'zh' ? '中文' : 'English'}
        </Button>
      </div>
      <div className="mx-auto flex w-full max-w-[25rem] flex-1 flex-col justify-center gap-6 pb-[10dvh]">
        <div className="flex items-center gap-4">
          <BrandMark size={44} />
          <h1 className="text-title font-semibold text-balance">{productName[language]}</h1>
        </div>
        <div className="rounded-card border border-line bg-surface p-6">
          <SignInForm onSignedIn={() => router.history.push(back ?? '/admin')} />
        </div>
        <p className="text-ink-2">{say('signIn.forgot')}</p>
      </div>
    </main>
  );
}
