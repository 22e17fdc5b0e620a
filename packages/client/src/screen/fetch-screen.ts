/** What a browser throws when the network is away; the apps say it in words and offer to try again. */
const unreachable = (): TypeError => new TypeError('the server does not answer');

/**
 * Gets the code of a screen that is opened for the first time. The router takes a failure as the sign of a newer
 * release and loads the page afresh; that is right only while the server answers, for without it the whole app would
 * give way to the browser's own error page. Then what is thrown is a connection that failed, and the app stays.
 */
export async function fetchScreen<Module>(importer: () => Promise<Module>): Promise<Module> {
  try {
    return await importer();
  } catch (error) {
    const answers = await fetch('/healthz', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    throw answers ? error : unreachable();
  }
}
