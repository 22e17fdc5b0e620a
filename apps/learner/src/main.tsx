import { AppClientProvider, createAppClient } from '@cadre/client/api';
import { meQuery, setSignInEnded } from '@cadre/client/session';
import { applyAppearance, rememberedAppearance } from '@cadre/ui/appearance';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/app.css';
import { offerUpdates } from './app/offer-updates';
import { createAppRouter } from './app/router';
import { loadFailureWords } from './shared/failure';

applyAppearance(rememberedAppearance());

const client = createAppClient({
  app: 'learner',
  keepIn: localStorage,
  onSignInEnded: () => {
    // Somebody who was never signed in here is led to the sign-in page by the router instead.
    if (client.queries.getQueryData(meQuery(client).queryKey)) setSignInEnded(true);
  },
  onPasswordOwed: () => void router.navigate({ to: '/password' }),
});
const router = createAppRouter(client);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <AppClientProvider client={client}>
      <RouterProvider router={router} />
    </AppClientProvider>
  </StrictMode>,
);

window.addEventListener('load', () => {
  loadFailureWords();
  if (import.meta.env.PROD) void offerUpdates();
});
