import type { IncomingMessage } from 'node:http';
import { request as send } from 'node:https';
import type { Configuration, RequestContext } from '@kubernetes/client-node';

/** The longest answer that is read, in bytes: lists of large clusters have some megabytes. */
const longestAnswer = 128 * 1024 * 1024;

/** An answer, as the client library expects it. */
interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/**
 * Sends the requests of the client library. Its own way reads an endless answer until the memory is full, and
 * follows redirects.
 */
export async function boundedHttpLibrary(): Promise<Configuration['httpApi']> {
  const { ResponseContext, wrapHttpLibrary } = await import('./kubernetes-client.js');
  return wrapHttpLibrary({
    send: async (request) => {
      const { status, headers, body } = await answerOf(request);
      const content = { text: async () => body.toString('utf8'), binary: async () => body };
      return new ResponseContext(status, headers, content);
    },
  });
}

function answerOf(request: RequestContext): Promise<Answer> {
  const options = {
    method: request.getHttpMethod().toString(),
    headers: request.getHeaders(),
    agent: request.getAgent(),
    signal: request.getSignal() as AbortSignal | undefined,
  };
  return new Promise((resolve, reject) => {
    const outgoing = send(request.getUrl(), options, (response) => {
      readAnswer(response).then(resolve, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(request.getBody());
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > longestAnswer) throw Object.assign(new Error(), { code: 'ERR_ANSWER_TOO_LONG' });
    chunks.push(chunk);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
