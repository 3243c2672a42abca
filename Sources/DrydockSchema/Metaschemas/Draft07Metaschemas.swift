/// The metaschema of draft-07, as published at json-schema.org.
enum Draft07Metaschemas {
  /// The metaschema.
  static let schema =
    #"""
    {"$schema":"http://json-schema.org/draft-07/schema#","$id":"http://json-schema.org/draft-07/\#
    schema#","title":"Core schema meta-schema","definitions":{"schemaArray":{"type":"array","min\#
    Items":1,"items":{"$ref":"#"}},"nonNegativeInteger":{"type":"integer","minimum":0},"nonNegat\#
    iveIntegerDefault0":{"allOf":[{"$ref":"#/definitions/nonNegativeInteger"},{"default":0}]},"s\#
    impleTypes":{"enum":["array","boolean","integer","null","number","object","string"]},"string\#
    Array":{"type":"array","items":{"type":"string"},"uniqueItems":true,"default":[]}},"type":["\#
    object","boolean"],"properties":{"$id":{"type":"string","format":"uri-reference"},"$schema":\#
    {"type":"string","format":"uri"},"$ref":{"type":"string","format":"uri-reference"},"$comment\#
    ":{"type":"string"},"title":{"type":"string"},"description":{"type":"string"},"default":true\#
    ,"readOnly":{"type":"boolean","default":false},"examples":{"type":"array","items":true},"mul\#
    tipleOf":{"type":"number","exclusiveMinimum":0},"maximum":{"type":"number"},"exclusiveMaximu\#
    m":{"type":"number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},"maxLe\#
    ngth":{"$ref":"#/definitions/nonNegativeInteger"},"minLength":{"$ref":"#/definitions/nonNega\#
    tiveIntegerDefault0"},"pattern":{"type":"string","format":"regex"},"additionalItems":{"$ref"\#
    :"#"},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/schemaArray"}],"default":true},"\#
    maxItems":{"$ref":"#/definitions/nonNegativeInteger"},"minItems":{"$ref":"#/definitions/nonN\#
    egativeIntegerDefault0"},"uniqueItems":{"type":"boolean","default":false},"contains":{"$ref"\#
    :"#"},"maxProperties":{"$ref":"#/definitions/nonNegativeInteger"},"minProperties":{"$ref":"#\#
    /definitions/nonNegativeIntegerDefault0"},"required":{"$ref":"#/definitions/stringArray"},"a\#
    dditionalProperties":{"$ref":"#"},"definitions":{"type":"object","additionalProperties":{"$r\#
    ef":"#"},"default":{}},"properties":{"type":"object","additionalProperties":{"$ref":"#"},"de\#
    fault":{}},"patternProperties":{"type":"object","additionalProperties":{"$ref":"#"},"propert\#
    yNames":{"format":"regex"},"default":{}},"dependencies":{"type":"object","additionalProperti\#
    es":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/stringArray"}]}},"propertyNames":{"$ref":"\#
    #"},"const":true,"enum":{"type":"array","items":true},"type":{"anyOf":[{"$ref":"#/definition\#
    s/simpleTypes"},{"type":"array","items":{"$ref":"#/definitions/simpleTypes"},"minItems":1,"u\#
    niqueItems":true}]},"format":{"type":"string"},"contentMediaType":{"type":"string"},"content\#
    Encoding":{"type":"string"},"if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"},"allOf\#
    ":{"$ref":"#/definitions/schemaArray"},"anyOf":{"$ref":"#/definitions/schemaArray"},"oneOf":\#
    {"$ref":"#/definitions/schemaArray"},"not":{"$ref":"#"}},"default":true}
    """#
}
