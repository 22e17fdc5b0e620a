import { applyAppearance, rememberedAppearance } from '@cadre/ui/appearance';
import { useLanguage } from '@cadre/ui/i18n';
import { BrandMark } from '@cadre/ui/learner';
import { getRouteApi, useRouter } from '@tanstack/react-router';
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
    <main className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col px-5 pt-3 pb-8">
      <title>{say('signIn.title')}</title>
      <div className="flex justify-end">
        <button
          type="button"
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          className="-me-3 min-h-12 cursor-pointer rounded-card px-3 text-ink-2"
          onClick={() => applyAppearance({ ...rememberedAppearance(), language: other })}
        >
          {other === 'zh' ? '中文' : 'English'}
        </button>
      </div>
      <div className="flex flex-1 flex-col justify-center gap-8 pb-[12dvh]">
        <div className="flex flex-col gap-4">
          <BrandMark size={52} />
          <div>
            <h1 className="text-title font-semibold text-balance">{productName[language]}</h1>
            <p className="text-ink-2">{say('signIn.lead')}</p>
          </div>
        </div>
        <SignInForm onSignedIn={() => router.history.push(back ?? '/')} />
        <p className="text-small text-ink-2">{say('signIn.forgot')}</p>
      </div>
    </main>
  );
}
