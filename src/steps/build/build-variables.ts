import type { NetworkPlan } from '../build-access-plan';
import { containsVariable } from '../../pipeline/variables';

/** Describes an environment variable of a build, with the property that sets it. */
export interface BuildVariable {
  readonly prop: string;
  readonly name: string;
  readonly value: string;
}

/** Returns the environment variables that a property sets. */
export function variablesFrom(prop: string, values: Readonly<Record<string, string>> = {}): BuildVariable[] {
  return Object.entries(values).map(([name, value]) => ({ prop, name, value }));
}

/**
 * Returns values in the order of their names. Maps of other languages have another order whenever the program runs, and
 * templates must not differ.
 */
export function sortedByName(values: Readonly<Record<string, string>> = {}): Record<string, string> {
  const names = Object.keys(values).sort();
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/**
 * Returns the environment variables of a proxy.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-proxy-server.html
 */
export function proxyVariables({ proxy }: Partial<NetworkPlan> = {}): BuildVariable[] {
  if (!proxy) return [];
  const { address, noProxy } = proxy;
  return variablesFrom('network', { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: noProxy.join(',') });
}

/** Returns values by variable name. If a name occurs more than once, the last value applies. */
export function valuesOf(variables: readonly BuildVariable[]): Record<string, string> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

/**
 * Returns environment variables in the form that a CodeBuild action expects, or an empty configuration if there are
 * none.
 */
export function variablesConfiguration(values: Readonly<Record<string, string>>): Record<string, string> {
  const variables = plaintextVariables(values);
  return variables.length > 0 ? { EnvironmentVariables: JSON.stringify(variables) } : {};
}

/** Returns environment variables in the form that actions expect. */
export function plaintextVariables(values: Readonly<Record<string, string>>): PlaintextVariable[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));
}

export interface PlaintextVariable {
  readonly name: string;
  readonly value: string;
  readonly type: 'PLAINTEXT';
}

/** Returns the configuration of a CodeBuild action, except the name of its project. */
export function codeBuildConfiguration({ inputs, outputs, values, batch }: CodeBuildAction): Record<string, string> {
  const configuration: Record<string, string> = {};
  if (inputs.length > 1) configuration.PrimarySource = inputs[0];
  Object.assign(configuration, variablesConfiguration(values));
  if (batch) configuration.BatchEnabled = 'true';
  if (batch && outputs.length > 0) configuration.CombineArtifacts = 'true';
  return configuration;
}

interface CodeBuildAction {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Environment variables that the action passes to the build. */
  readonly values: Readonly<Record<string, string>>;
  readonly batch: boolean;
}

/**
 * Returns the values that contain variables. They belong to the action, because CodePipeline does not substitute in
 * projects.
 */
export function substitutedValues(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => containsVariable(value)));
}

/** Returns the property that sets the variables in the configuration of the action, if there is only one. */
export function propOfConfiguration(variables: readonly BuildVariable[]): string {
  const props = new Set(variables.filter(({ value }) => containsVariable(value)).map(({ prop }) => prop));
  const [first] = props;
  return props.size === 1 ? first : 'environmentVariables';
}
