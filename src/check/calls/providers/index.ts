import type { ProviderCalls } from '../call';
import { BUILD } from './build';
import { DEPLOY } from './deploy';
import { INVOKE } from './invoke';
import { RULES } from './rules';
import { SOURCE } from './source';

/** Lists the calls of each provider, by `<category>/<provider>`. */
export const PROVIDERS: Readonly<Record<string, ProviderCalls>> = {
  ...SOURCE,
  ...BUILD,
  ...DEPLOY,
  ...INVOKE,
  ...RULES,
};
