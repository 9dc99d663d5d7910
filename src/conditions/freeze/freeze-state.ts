import { type aws_ssm as ssm, Token } from 'aws-cdk-lib';
import { SSM_DOCUMENT_ARN, SSM_DOCUMENT_NAME } from '../../aws/freeze-limits';
import type { Problems } from '../../pipeline/problems';
import { readValue, resourceWith, TEXTS } from '../../pipeline/read-options';
import { validateParameterName } from '../../pipeline/validation/names';

/** Describes what decides whether releases are frozen. */
export type FreezeStatePlan =
  | { readonly kind: 'new-parameter'; readonly parameterName?: string }
  | { readonly kind: 'parameter'; readonly parameter: ssm.IParameter }
  /** Names or ARNs of documents. */
  | { readonly kind: 'calendars'; readonly calendars: readonly string[] };

/** Options of {@link FreezeState.parameter}. */
export interface FreezeParameterOptions {
  /**
   * Name of the parameter. It must begin with `/` when it holds one, and be concrete. Changing it makes a new
   * parameter, which is open.
   *
   * @default - `/release-freeze/<a name made of the stack and the path of the construct>/switch`
   */
  readonly parameterName?: string;
}

/**
 * What tells a {@link ReleaseFreeze} that releases are frozen.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
 *
 * @example
 * new ReleaseFreeze(this, 'Freeze', {
 *   freezeState: FreezeState.changeCalendar(['company-holidays', 'black-friday']),
 * });
 */
export class FreezeState {
  /**
   * A new parameter of Systems Manager: `open`, or `frozen` with the reason behind it. People write it, and what they
   * wrote last counts: no deployment of the stack thaws a freeze, unless it makes another parameter. It is a standard
   * parameter and costs nothing.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
   */
  public static parameter(options: FreezeParameterOptions = {}): FreezeState {
    return new FreezeState({ kind: 'new-parameter', parameterName: options?.parameterName });
  }

  /**
   * A parameter that exists: that of another freeze, say, in another stack. It must be of the type String, and in the
   * account and region of the freeze.
   *
   * @param parameter e.g. `ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')`
   */
  public static existingParameter(parameter: ssm.IParameter): FreezeState {
    return new FreezeState({ kind: 'parameter', parameter });
  }

  /**
   * Change calendars of Systems Manager: releases are frozen while one of them is closed. Whoever may change their
   * entries plans a freeze ahead.
   *
   * @param calendars names of calendars in the account and region of the freeze, or ARNs, also of calendars that
   * another account shares. A token counts as a name. At least one
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html
   */
  public static changeCalendar(calendars: string[]): FreezeState {
    return new FreezeState({ kind: 'calendars', calendars });
  }

  private constructor(private readonly plan: FreezeStatePlan) {}

  /** @internal */
  public _plan(problems: Problems): FreezeStatePlan {
    const { plan } = this;
    if (plan.kind === 'new-parameter') validateNewParameter(plan.parameterName, problems.at('parameterName'));
    if (plan.kind === 'parameter') PARAMETER(plan.parameter, problems.at('parameter'));
    if (plan.kind === 'calendars') validateCalendars(plan.calendars, problems.at('calendars'));
    return plan;
  }
}

const PARAMETER = resourceWith(
  'parameterArn',
  'a parameter',
  "pass e.g. ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')",
);

function validateNewParameter(name: string | undefined, problems: Problems): void {
  if (name === undefined) return;
  if (!validateParameterName(name, "choose a name such as '/acme/release-freeze'", problems)) return;
  if (/^\/?(aws|ssm)/i.test(name)) {
    const rule = "not begin with 'aws' or 'ssm', which Systems Manager keeps for itself";
    problems.add(rule, name, 'choose another name');
  }
}

function validateCalendars(calendars: readonly string[], problems: Problems): void {
  const names = readValue(calendars ?? [], TEXTS, problems);
  if (names?.length === 0) {
    const fix = "name the documents, e.g. ['company-holidays']";
    problems.add('name at least one change calendar', calendars, fix);
  }
  for (const [i, name] of (names ?? []).entries()) {
    if (Token.isUnresolved(name) || SSM_DOCUMENT_NAME.pattern.test(name) || SSM_DOCUMENT_ARN.test(name)) continue;
    const rule = `be the name of a document (3 to 128 ${SSM_DOCUMENT_NAME.words}) or its ARN`;
    problems.index(i).add(rule, name, 'copy it from the list of calendars of Systems Manager');
  }
}
