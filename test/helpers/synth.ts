import { App, type AppProps, NestedStack, Stack, Stage, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebAppPipeline, type WebAppPipelineProps } from '../../src';

export interface SynthOptions {
  readonly context?: Record<string, unknown>;
  readonly stack?: StackProps;
}

export type PropsOf = (stack: Stack) => WebAppPipelineProps;

/** Creates an app without `tree.json`, which no test reads and which takes a seventh of the time of synthesis. */
export function newApp(props: AppProps = {}) {
  return new App({ treeMetadata: false, ...props });
}

/** A pipeline in a separate stack. */
export function webApp(props: PropsOf | WebAppPipelineProps, { context, stack: stackProps }: SynthOptions = {}) {
  const app = newApp({ context });
  const stack = new Stack(app, 'Shop', stackProps);
  const site = new WebAppPipeline(stack, 'Site', typeof props === 'function' ? props(stack) : props);
  return { app, stack, site };
}

/** What a stack synthesizes. */
export function jsonOf(stack: Stack) {
  return Template.fromStack(stack).toJSON() as CfnTemplate;
}

/** The template of a pipeline in a separate stack. */
export function templateOf(props: PropsOf | WebAppPipelineProps, options?: SynthOptions): CfnTemplate {
  return jsonOf(webApp(props, options).stack);
}

/** Makes a pipeline of any pattern, with what it needs beside it, with the provided id. */
export type Make = (stack: Stack, id: string) => void;

/** A pipeline of any pattern in a separate stack. */
export function made(make: Make, { context, stack: stackProps }: SynthOptions = {}) {
  const app = newApp({ context });
  const stack = new Stack(app, 'Shop', stackProps);
  make(stack, 'Site');
  return { app, stack };
}

export const CONCRETE: StackProps = { env: { account: '111111111111', region: 'eu-west-1' } };

/** Creates the stack of a pipeline, in every kind of scope that a construct can have. */
export const SCOPES: Readonly<Record<string, (app: App) => Stack>> = {
  'a stack': (app) => new Stack(app, 'Shop'),
  'a stack with a concrete environment': (app) => new Stack(app, 'Shop', CONCRETE),
  'a stage': (app) => new Stack(new Stage(app, 'Delivery'), 'Shop'),
  'a nested stack': (app) => new NestedStack(new Stack(app, 'Shop'), 'Nested'),
};

/** The same pipeline in every kind of place for a construct. */
export const PLACES: Readonly<Record<string, (make: Make) => CfnTemplate>> = Object.fromEntries(
  Object.entries(SCOPES).map(([place, stackIn]) => [
    place,
    (make: Make) => {
      const stack = stackIn(newApp());
      make(stack, 'Site');
      return jsonOf(stack);
    },
  ]),
);

export interface CfnResourceJson {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

export interface CfnTemplate {
  readonly Resources: Record<string, CfnResourceJson>;
  readonly Outputs?: Record<string, { Value: unknown; Description?: string }>;
  readonly Parameters?: Record<string, unknown>;
}

export interface ActionJson {
  readonly Name: string;
  readonly ActionTypeId: { Category: string; Owner: string; Provider: string; Version: string };
  readonly Configuration?: Record<string, unknown>;
  readonly Commands?: unknown[];
  readonly InputArtifacts?: Array<{ Name: string }>;
  readonly OutputArtifacts?: Array<{ Name: string }>;
  readonly Namespace?: string;
  readonly RoleArn?: { 'Fn::GetAtt': [string, string] };
  readonly RunOrder: number;
  readonly TimeoutInMinutes?: number;
}

export interface RuleJson {
  readonly Name: string;
  readonly RuleTypeId: { Category: string; Owner: string; Provider: string; Version: string };
  readonly Configuration?: Record<string, unknown>;
  readonly Commands?: unknown[];
  readonly InputArtifacts?: Array<{ Name: string }>;
  readonly RoleArn?: { 'Fn::GetAtt': [string, string] };
}

export interface ConditionsJson {
  readonly Conditions: Array<{ Result: string; Rules: RuleJson[] }>;
}

export interface StageJson {
  readonly Name: string;
  readonly Actions: ActionJson[];
  readonly BeforeEntry?: ConditionsJson;
  readonly OnSuccess?: ConditionsJson;
  readonly OnFailure?: Partial<ConditionsJson> & { Result?: string; RetryConfiguration?: { RetryMode: string } };
}

export interface PipelineJson {
  readonly Name: string;
  readonly PipelineType: string;
  readonly Stages: StageJson[];
}

export function resourcesOf(template: CfnTemplate, type: string): Array<[string, CfnResourceJson]> {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

export function pipelineOf(template: CfnTemplate): PipelineJson {
  const [[, { Properties }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
  return Properties as unknown as PipelineJson;
}

/** Every rule with the stage and its place. */
export function rulesOf(template: CfnTemplate) {
  return pipelineOf(template).Stages.flatMap((stage) =>
    (['BeforeEntry', 'OnSuccess', 'OnFailure'] as const).flatMap((place) =>
      (stage[place]?.Conditions ?? []).flatMap(({ Rules }) => Rules.map((rule) => ({ stage, place, rule }))),
    ),
  );
}

export function actionsOf(template: CfnTemplate) {
  return pipelineOf(template).Stages.flatMap((stage) => stage.Actions);
}

export interface StatementJson {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** Returns the documents of the identity policies that a resource contains. */
function documentsOf(type: string, properties: Record<string, any>): unknown[] {
  if (type === 'AWS::IAM::Policy') return [properties.PolicyDocument];
  if (type !== 'AWS::IAM::Role') return [];
  return ((properties.Policies ?? []) as Array<{ PolicyDocument: unknown }>).map((policy) => policy.PolicyDocument);
}

/** Returns every statement of every identity policy, with the logical id of its resource. */
export function statementsOf(template: CfnTemplate): Array<{ holder: string; statement: StatementJson }> {
  return Object.entries(template.Resources).flatMap(([holder, { Type, Properties }]) => {
    return documentsOf(Type, Properties).flatMap((document) =>
      (document as { Statement: StatementJson[] }).Statement.map((statement) => ({ holder, statement })),
    );
  });
}

/** A value with every intrinsic function replaced by a text as long as what CloudFormation may put there. */
export function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::Sub': sub } = value as { 'Fn::Join'?: [string, unknown[]]; 'Fn::Sub'?: string };
  if (sub !== undefined) return sub.replace(/\$\{AWS::\w+\}/g, 'x'.repeat(20));
  return join ? join[1].map(resolved).join(join[0]) : 'x'.repeat(120);
}
