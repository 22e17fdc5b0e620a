export { fakeServer, refuse, type FakeAnswers, type FakeCall, type FakeServer } from './fake-server';
export { silentSocket } from './silent-socket';
export { testClient, type TestClient } from './test-client';
