/// What a violation breaks; the raw value is its stable id, a keyword where there is one.
enum Rule: String, Hashable, Sendable, CaseIterable {
  case type
  case enumeration = "enum"
  case constant = "const"
  case minLength
  case maxLength
  case pattern
  case format
  case content = "contentMediaType"
  case minimum
  case maximum
  case exclusiveMinimum
  case exclusiveMaximum
  case multipleOf
  case items
  case additionalItems
  case contains
  case minContains
  case maxContains
  case minItems
  case maxItems
  case uniqueItems
  case unevaluatedItems
  case required
  case dependentRequired
  case additionalProperties
  case unevaluatedProperties
  case minProperties
  case maxProperties
  case anyOf
  case oneOf
  case not
  /// A subschema that is `false`.
  case never = "false"
  /// A member that no schema mentions, where a policy asks to look for it.
  case undeclaredMember = "undeclared-member"
  /// A document that takes more depth or more work than the limits allow.
  case limit
}
