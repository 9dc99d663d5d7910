import { aws_cloudwatch as cloudwatch, aws_lambda as lambda, type Stack, Token } from 'aws-cdk-lib';
import { connection } from './started';
import {
  Approval,
  BuildStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  PipelineVariable,
  SuccessCondition,
  VariableOperator,
  WebAppPipeline,
  type WebAppPipelineProps,
} from '../../src';

export const ALARM_ARN = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:';
export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111111111111:function:ask';

/** In the region of a stack, where that is known. */
export function near({ region }: Stack, arn: string) {
  return Token.isUnresolved(region) ? arn : arn.replace('eu-west-1', region);
}

export const variable = new PipelineVariable('NOTE', { defaultValue: 'go' });
const source = PipelineSource.gitHub('acme/shop', 'main', { connection });

type MakeGate = (stack: Stack, place: string) => Gate;

function alarm(name: string): MakeGate {
  return (stack, place) =>
    Gate.alarmsHealthy(
      [cloudwatch.Alarm.fromAlarmArn(stack, `Alarm${place}${name}`, near(stack, `${ALARM_ARN}${place}-${name}`))],
      { ruleName: name },
    );
}

/** A gate of each kind of rule. */
export const GATES: Readonly<Record<string, MakeGate>> = {
  alarm: alarm('quiet'),
  window: () => Gate.officeHours('Europe/Berlin'),
  variable: () => Gate.variable(variable.reference(), VariableOperator.EQUALS, 'go'),
  function: (stack, place) =>
    Gate.lambdaFunction(
      lambda.Function.fromFunctionAttributes(stack, `Function${place}`, {
        functionArn: near(stack, `${FUNCTION_ARN}-${place}`),
        sameEnvironment: true,
      }),
    ),
  commands: () => Gate.commands(['./ready.sh']),
  build: (_stack, place) => Gate.buildStep(BuildStep.shell(['make ready'], { stepName: `Ready${place}` })),
  ...Object.fromEntries(['1', '2', '3', '4', '5', '6'].map((name) => [`alarm${name}`, alarm(name)])),
};

const MADE = new WeakMap<Stack, Map<string, Gate>>();

/** A gate is a value: each is made once for a stack. */
function gateOf(stack: Stack, place: string, name: string): Gate {
  const made = MADE.get(stack) ?? new Map<string, Gate>();
  MADE.set(stack, made);
  const gate = made.get(place + name) ?? GATES[name](stack, place);
  made.set(place + name, gate);
  return gate;
}

/** The gates that a text such as `alarm+window` stands for. */
function gatesOf(stack: Stack, place: string, names: string) {
  return names === '' ? [] : names.split('+').map((name) => gateOf(stack, place, name));
}

/** Contents of the places of a stage, each as `<what> <gates>`: `fail alarm+window`. */
export interface Conditions {
  readonly entry: string;
  readonly success: string;
  readonly failure: string;
}
export interface Setting extends Conditions {
  readonly host: string;
  readonly mode: string;
}

export const STAGE = 'live';

/** The options of an environment or of a stage of steps with these conditions. */
export function optionsOf(
  stack: Stack,
  { entry, success, failure }: Conditions,
): Pick<DeploymentEnvironmentOptions, 'beforeEntry' | 'onSuccess' | 'onFailure'> {
  function at(place: string, text: string) {
    const [what, names = ''] = text.split(' ');
    return { what, gates: gatesOf(stack, place, names) };
  }

  const before = at('Entry', entry);
  const after = at('Success', success);
  const otherwise = at('Failure', failure);
  return {
    ...(before.what !== 'unsaid' && {
      beforeEntry:
        before.what === 'skip' ? EntryCondition.skipUnless(before.gates) : EntryCondition.failUnless(before.gates),
    }),
    ...(after.what !== 'unsaid' && {
      onSuccess:
        after.what === 'fail' ? SuccessCondition.failUnless(after.gates) : SuccessCondition.rollBackUnless(after.gates),
    }),
    ...(otherwise.what !== 'unsaid' && {
      onFailure: {
        none: FailureHandling.none,
        back: FailureHandling.rollBack,
        'back-unless': () => FailureHandling.rollBackUnless(otherwise.gates),
        'retry-failed': FailureHandling.retryFailedActions,
        'retry-all': FailureHandling.retryAllActions,
      }[otherwise.what]!(),
    }),
  };
}

function commonOf(mode: string) {
  return { variables: [variable], executionMode: PipelineExecutionMode[mode as keyof typeof PipelineExecutionMode] };
}

/** A web application with one environment. */
export function webAppOf(stack: Stack, setting: Setting): WebAppPipelineProps {
  return {
    ...commonOf(setting.mode),
    source,
    environments: [new DeploymentEnvironment(STAGE, optionsOf(stack, setting))],
  };
}

/** A stage of steps, or an environment behind an approval. */
export function deliveryOf(stack: Stack, setting: Setting): DeliveryPipelineProps {
  return {
    ...commonOf(setting.mode),
    sources: [source],
    stages: [
      setting.host === 'steps'
        ? PipelineStage.steps(STAGE, [BuildStep.shell(['make'])], optionsOf(stack, setting))
        : PipelineStage.environment(
            new DeploymentEnvironment(STAGE, {
              target: DeployTarget.staticSite(),
              approval: Approval.manual(),
              ...optionsOf(stack, setting),
            }),
          ),
    ],
  };
}

export function renderSetting(stack: Stack, setting: Setting) {
  return setting.host === 'web app'
    ? new WebAppPipeline(stack, 'Site', webAppOf(stack, setting))
    : new DeliveryPipeline(stack, 'Site', deliveryOf(stack, setting));
}
