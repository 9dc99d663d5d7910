import { partitionOf } from '../../aws/partitions';
import { areKnownToDiffer, type Environment } from '../../pipeline/env';
import { type aws_ssm as ssm, Token } from 'aws-cdk-lib';
import { SSM_DOCUMENT_ARN, SSM_DOCUMENT_NAME } from '../../aws/freeze-limits';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { ANY, type OptionTypes, readOptions, readValue, resourceWith, TEXTS } from '../../pipeline/read-options';
import { validateNewParameterName } from '../../pipeline/validation/names';
import { RESOURCE } from '../../pipeline/rules';

/** Describes where a freeze reads its state. */
export type FreezeStatePlan =
  | { readonly kind: 'new-parameter'; readonly parameterName?: string }
  | { readonly kind: 'parameter'; readonly parameter: ssm.IParameter }
  /** Names or ARNs of Systems Manager documents. */
  | { readonly kind: 'calendars'; readonly calendars: readonly string[] };

/** Options of {@link FreezeState.parameter}. */
export interface FreezeParameterOptions {
  /**
   * Name of the parameter. Must be concrete, and must start with `/` if it contains one. Changing the name creates a
   * new parameter with the value `open`.
   *
   * @default - `/release-freeze/<name derived from the stack and the path of the construct>/switch`
   */
  readonly parameterName?: string;
}

/**
 * State that a {@link ReleaseFreeze} reads to decide whether releases are frozen.
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
   * Creates a Systems Manager parameter with the value `open`, or `frozen` followed by a reason. Operators write the
   * parameter. Deployments of the stack do not overwrite its value, unless they replace the parameter. It is a standard
   * parameter, which is free of charge.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
   */
  public static parameter(options: FreezeParameterOptions = {}): FreezeState {
    return new FreezeState({ kind: 'new-parameter', parameterName: options?.parameterName }, options);
  }

  /**
   * Uses an existing parameter, for example that of a freeze in another stack. It must be of type `String`, in the
   * account and Region of the freeze.
   *
   * @param parameter for example `ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')`
   */
  public static existingParameter(parameter: ssm.IParameter): FreezeState {
    return new FreezeState({ kind: 'parameter', parameter });
  }

  /**
   * Uses Systems Manager change calendars: releases are frozen while at least one of them is closed. Events in a
   * calendar schedule a freeze in advance.
   *
   * @param calendars at least one name of a calendar in the account and Region of the freeze, or ARN, also of a
   * calendar that another account shares. Tokens are treated as names
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html
   */
  public static changeCalendar(calendars: string[]): FreezeState {
    return new FreezeState({ kind: 'calendars', calendars });
  }

  private constructor(
    private readonly plan: FreezeStatePlan,
    private readonly options: FreezeParameterOptions = {},
  ) {}

  /** @internal */
  public _plan(problems: Problems, env: Environment): FreezeStatePlan {
    const { plan, options } = this;
    readOptions(options, OPTION_TYPES, problems);
    if (plan.kind === 'new-parameter') validateNewParameter(plan.parameterName, problems.at('parameterName'));
    if (plan.kind === 'parameter') PARAMETER(plan.parameter, problems.at('parameter'));
    if (plan.kind === 'calendars') validateCalendars(plan.calendars, env, problems.at('calendars'));
    return plan;
  }
}

// The name is validated where it is planned.
const OPTION_TYPES: OptionTypes<FreezeParameterOptions> = { parameterName: ANY };

const PARAMETER = resourceWith(
  'parameterArn',
  RESOURCE.parameter,
  "pass e.g. ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')",
);

function validateNewParameter(name: string | undefined, problems: Problems): void {
  if (name === undefined) return;
  validateNewParameterName(name, "choose a name such as '/acme/release-freeze'", problems);
}

/** Validates the Region of a calendar. The function of the freeze reads calendars in its own Region. */
function validateCalendarRegion(arn: string, { region }: Environment, problems: Problems): void {
  const [, partition, calendarRegion] = SSM_DOCUMENT_ARN.exec(arn)!;
  if (partition !== partitionOf(calendarRegion)) {
    return problems.add(`have the partition of its Region, ${partitionOf(calendarRegion)}`, arn, 'correct the ARN');
  }
  if (!areKnownToDiffer(region, calendarRegion)) return;
  const fix = `create the calendar in ${region}, or the freeze in the Region of the calendar`;
  problems.add(`be in the Region of the freeze, ${region}`, arn, fix);
}

function validateCalendars(calendars: readonly string[], env: Environment, problems: Problems): void {
  const names = readValue(calendars ?? [], TEXTS, problems);
  if (names?.length === 0) {
    const fix = "pass the names of calendars, e.g. ['company-holidays']";
    problems.add(atLeastOne('change calendar'), calendars, fix);
  }
  for (const [i, name] of (names ?? []).entries()) {
    if (Token.isUnresolved(name) || SSM_DOCUMENT_NAME.pattern.test(name)) continue;
    if (SSM_DOCUMENT_ARN.test(name)) {
      validateCalendarRegion(name, env, problems.index(i));
      continue;
    }
    const rule = `be the name of a document (3 to 128 ${SSM_DOCUMENT_NAME.description}) or its ARN`;
    problems.index(i).add(rule, name, 'copy it from the list of calendars of Systems Manager');
  }
}
