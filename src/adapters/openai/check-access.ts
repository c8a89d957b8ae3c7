import { createClient, hostOf, type OpenAiAccess } from './client.ts';
import { translateFailure } from './errors.ts';

/**
 * Asks the service for the model by name, which costs nothing: shows that address, key and model go together. Errors:
 * `provider.auth`, `provider.model-missing`, `provider.unavailable` and the like.
 */
export async function checkOpenAiAccess(
  access: OpenAiAccess,
  model: string,
  { signal, env, nowMs }: { readonly signal: AbortSignal; readonly env: NodeJS.ProcessEnv; readonly nowMs: number },
): Promise<void> {
  const client = await createClient(access, { timeoutMs: 10_000, env });
  try {
    await client.models.retrieve(model, { signal });
  } catch (error) {
    throw translateFailure(error, { model, host: hostOf(access), apiKey: access.apiKey, nowMs });
  }
}
