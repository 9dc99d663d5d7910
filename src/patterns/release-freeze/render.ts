import {
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_ssm as ssm,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FreezePlan } from './plan';
import { compact } from '../../common/compact';
import type { FreezeStatePlan } from '../../conditions/freeze/freeze-state';
import { releaseFreezeFunction } from '../../functions';
import { arnOf, allow, REPORT_JOB_RESULT } from '../../render/grants';
import { generatedName } from '../../render/names';
import { renderRole } from '../../render/role';

/** Initial value of the freeze parameter. CloudFormation restores it with each update; the function ignores it. */
const AS_DEPLOYED = 'open (as deployed)';

/** Resources of a release freeze. */
export interface RenderedFreeze {
  readonly handler: lambda.Function;
  readonly logGroup: logs.LogGroup;
  readonly breakGlassParameter: ssm.IParameter;
  readonly freezeParameter?: ssm.IParameter;
}

/** Renders the function that pipelines invoke, its parameters, and its log group. */
export function renderFreeze(scope: Construct, plan: FreezePlan): RenderedFreeze {
  const freezeParameter = renderFreezeParameter(scope, plan.freezeState);
  const breakGlassParameter = new ssm.StringParameter(scope, 'BreakGlass', {
    parameterName: parameterNameOf(scope, 'break-glass'),
    description: "Write '<pipeline>: <reason>' to override a freeze for a pipeline",
    stringValue: 'none',
  });
  // CloudFormation generates the name, because a retained group would conflict with that of a recreated stack.
  const logGroup = new logs.LogGroup(scope, 'Record', {
    retention: plan.recordDays,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const calendars = plan.freezeState.kind === 'calendars' ? plan.freezeState.calendars : [];
  const role = renderRole(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Evaluates whether releases are frozen',
    policyName: 'EvaluateFreeze',
    statements: freezeStatements({
      freezeArn: freezeParameter?.parameterArn,
      breakGlassArn: breakGlassParameter.parameterArn,
      calendarArns: calendars.map(calendarArnOf),
      logGroupArn: logGroup.logGroupArn,
    }),
  });
  const stateVariables: Record<string, string> = freezeParameter
    ? { SWITCH_PARAMETER: freezeParameter.parameterName, AS_DEPLOYED }
    : { CALENDARS: calendars.join(',') };
  const handler = new lambda.Function(scope, 'Function', {
    description: 'Evaluates whether releases are frozen',
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(releaseFreezeFunction()),
    role,
    logGroup,
    // The function makes several calls of at most 8 seconds, and reports the result.
    timeout: Duration.seconds(60),
    environment: {
      ...stateVariables,
      BREAK_GLASS_PARAMETER: breakGlassParameter.parameterName,
      BREAK_GLASS_MINUTES: String(plan.breakGlassMinutes),
    },
  });
  return { handler, logGroup, breakGlassParameter, freezeParameter };
}

/** Grants reading and writing a parameter. */
export function grantWriting(parameter: ssm.IParameter, grantee: iam.IGrantable): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions: WRITE_PARAMETER, resourceArns: [parameter.parameterArn] });
}

/** Returns the parameter with the state, which is rendered unless the user provides it. */
function renderFreezeParameter(scope: Construct, plan: FreezeStatePlan): ssm.IParameter | undefined {
  if (plan.kind === 'calendars') return undefined;
  if (plan.kind === 'parameter') return plan.parameter;
  return new ssm.StringParameter(scope, 'Switch', {
    parameterName: plan.parameterName ?? parameterNameOf(scope, 'switch'),
    description: "'open' allows releases; 'frozen <reason>' blocks them",
    stringValue: AS_DEPLOYED,
  });
}

/** Returns the name of a parameter. It has a prefix, because names must not begin with `aws` or `ssm`. */
function parameterNameOf(scope: Construct, end: string): string {
  return `/release-freeze/${generatedName(scope, 100)}/${end}`;
}

/** Returns the ARN of a calendar. A name refers to a document in the account and Region of the stack. */
function calendarArnOf(calendar: string): unknown {
  return calendar.startsWith('arn:') ? calendar : arnOf('ssm', `document/${calendar}`);
}

/** Describes the resources that the function accesses. */
interface FreezeResources {
  readonly freezeArn?: unknown;
  readonly breakGlassArn: unknown;
  readonly calendarArns: readonly unknown[];
  readonly logGroupArn: unknown;
}

/**
 * Allows the function to read the state and the override, to report its result, and to write its log.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export function freezeStatements({ freezeArn, breakGlassArn, calendarArns, logGroupArn }: FreezeResources) {
  return compact([
    allow(['ssm:GetParameter'], [breakGlassArn]),
    freezeArn !== undefined && allow(['ssm:GetParameter', 'ssm:GetParameterHistory'], [freezeArn]),
    calendarArns.length > 0 && allow(['ssm:GetCalendarState'], calendarArns),
    allow(REPORT_JOB_RESULT.actions, REPORT_JOB_RESULT.resources),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
  ]);
}

/**
 * Actions that start and end a freeze, or override it.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
export const WRITE_PARAMETER = ['ssm:GetParameter', 'ssm:PutParameter'];
