import type { NetworkPlan } from '../build-access-plan';
import { containsVariable } from '../../pipeline/variables';

/** An environment variable of a build, with the property that it comes from. */
export interface BuildVariable {
  readonly prop: string;
  readonly name: string;
  readonly value: string;
}

/** Returns environment variables that come from one property. */
export function variablesFrom(prop: string, values: Readonly<Record<string, string>> = {}): BuildVariable[] {
  return Object.entries(values).map(([name, value]) => ({ prop, name, value }));
}

/**
 * Returns the variables in which commands find a proxy.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-proxy-server.html
 */
export function proxyVariables({ proxy }: Partial<NetworkPlan> = {}): BuildVariable[] {
  if (!proxy) return [];
  const { address, noProxy } = proxy;
  return variablesFrom('network', { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: noProxy.join(',') });
}

/** Returns the values by the names of the variables: of several with one name, the last. */
export function valuesOf(variables: readonly BuildVariable[]): Record<string, string> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

/**
 * Returns environment variables as the configuration of a CodeBuild action has them, or nothing when there are none.
 */
export function variablesConfiguration(values: Readonly<Record<string, string>>): Record<string, string> {
  const variables = Object.entries(values).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));
  return variables.length > 0 ? { EnvironmentVariables: JSON.stringify(variables) } : {};
}

/**
 * Returns the values that CodePipeline substitutes variables in. They belong to the action: it does not look into
 * projects.
 */
export function substitutedValues(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => containsVariable(value)));
}

/** Returns the property that variables in the configuration of the action come from, if it is one for all of them. */
export function propOfConfiguration(variables: readonly BuildVariable[]): string {
  const props = new Set(variables.filter(({ value }) => containsVariable(value)).map(({ prop }) => prop));
  const [first] = props;
  return props.size === 1 ? first : 'environmentVariables';
}
