import { AppClientProvider, createAppClient } from '@cadre/client/api';
import { meQuery, setSignInEnded } from '@cadre/client/session';
import { AdminKit } from '@cadre/ui/admin';
import { applyAppearance, rememberedAppearance } from '@cadre/ui/appearance';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/app.css';
import { createAppRouter } from './app/router';

applyAppearance(rememberedAppearance());

const client = createAppClient({
  app: 'admin',
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
      <AdminKit>
        <RouterProvider router={router} />
      </AdminKit>
    </AppClientProvider>
  </StrictMode>,
);
