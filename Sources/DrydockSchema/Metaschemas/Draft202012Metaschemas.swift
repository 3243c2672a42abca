/// The metaschemas of draft 2020-12, as published at json-schema.org.
enum Draft202012Metaschemas {
  /// The metaschema that ties the vocabularies together.
  static let schema =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/schema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"h\#
    ttps://json-schema.org/draft/2020-12/vocab/applicator":true,"https://json-schema.org/draft/2\#
    020-12/vocab/unevaluated":true,"https://json-schema.org/draft/2020-12/vocab/validation":true\#
    ,"https://json-schema.org/draft/2020-12/vocab/meta-data":true,"https://json-schema.org/draft\#
    /2020-12/vocab/format-annotation":true,"https://json-schema.org/draft/2020-12/vocab/content"\#
    :true},"$dynamicAnchor":"meta","title":"Core and Validation specifications meta-schema","all\#
    Of":[{"$ref":"meta/core"},{"$ref":"meta/applicator"},{"$ref":"meta/unevaluated"},{"$ref":"me\#
    ta/validation"},{"$ref":"meta/meta-data"},{"$ref":"meta/format-annotation"},{"$ref":"meta/co\#
    ntent"}],"type":["object","boolean"],"$comment":"This meta-schema also defines keywords tha\#
    t have appeared in previous drafts in order to prevent incompatible extensions as they remai\#
    n in common use.","properties":{"definitions":{"$comment":"\"definitions\" has been replace\#
    d by \"$defs\".","type":"object","additionalProperties":{"$dynamicRef":"#meta"},"deprecated"\#
    :true,"default":{}},"dependencies":{"$comment":"\"dependencies\" has been split and replace\#
    d by \"dependentSchemas\" and \"dependentRequired\" in order to serve their differing semant\#
    ics.","type":"object","additionalProperties":{"anyOf":[{"$dynamicRef":"#meta"},{"$ref":"meta\#
    /validation#/$defs/stringArray"}]},"deprecated":true,"default":{}},"$recursiveAnchor":{"$com\#
    ment":"\"$recursiveAnchor\" has been replaced by \"$dynamicAnchor\".","$ref":"meta/core#/$de\#
    fs/anchorString","deprecated":true},"$recursiveRef":{"$comment":"\"$recursiveRef\" has bee\#
    n replaced by \"$dynamicRef\".","$ref":"meta/core#/$defs/uriReferenceString","deprecated":tr\#
    ue}}}
    """#

  /// The vocabulary `core`.
  static let core =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/core","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true\#
    },"$dynamicAnchor":"meta","title":"Core vocabulary meta-schema","type":["object","boolean"],\#
    "properties":{"$id":{"$ref":"#/$defs/uriReferenceString","$comment":"Non-empty fragments no\#
    t allowed.","pattern":"^[^#]*#?$"},"$schema":{"$ref":"#/$defs/uriString"},"$ref":{"$ref":"#/\#
    $defs/uriReferenceString"},"$anchor":{"$ref":"#/$defs/anchorString"},"$dynamicRef":{"$ref":"\#
    #/$defs/uriReferenceString"},"$dynamicAnchor":{"$ref":"#/$defs/anchorString"},"$vocabulary":\#
    {"type":"object","propertyNames":{"$ref":"#/$defs/uriString"},"additionalProperties":{"type"\#
    :"boolean"}},"$comment":{"type":"string"},"$defs":{"type":"object","additionalProperties":{"\#
    $dynamicRef":"#meta"}}},"$defs":{"anchorString":{"type":"string","pattern":"^[A-Za-z_][-A-Za\#
    -z0-9._]*$"},"uriString":{"type":"string","format":"uri"},"uriReferenceString":{"type":"stri\#
    ng","format":"uri-reference"}}}
    """#

  /// The vocabulary `applicator`.
  static let applicator =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/applicator","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/appl\#
    icator":true},"$dynamicAnchor":"meta","title":"Applicator vocabulary meta-schema","type":["o\#
    bject","boolean"],"properties":{"prefixItems":{"$ref":"#/$defs/schemaArray"},"items":{"$dyna\#
    micRef":"#meta"},"contains":{"$dynamicRef":"#meta"},"additionalProperties":{"$dynamicRef":"#\#
    meta"},"properties":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},"default\#
    ":{}},"patternProperties":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},"p\#
    ropertyNames":{"format":"regex"},"default":{}},"dependentSchemas":{"type":"object","addition\#
    alProperties":{"$dynamicRef":"#meta"},"default":{}},"propertyNames":{"$dynamicRef":"#meta"},\#
    "if":{"$dynamicRef":"#meta"},"then":{"$dynamicRef":"#meta"},"else":{"$dynamicRef":"#meta"},"\#
    allOf":{"$ref":"#/$defs/schemaArray"},"anyOf":{"$ref":"#/$defs/schemaArray"},"oneOf":{"$ref"\#
    :"#/$defs/schemaArray"},"not":{"$dynamicRef":"#meta"}},"$defs":{"schemaArray":{"type":"array\#
    ","minItems":1,"items":{"$dynamicRef":"#meta"}}}}
    """#

  /// The vocabulary `unevaluated`.
  static let unevaluated =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/unevaluated","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/une\#
    valuated":true},"$dynamicAnchor":"meta","title":"Unevaluated applicator vocabulary meta-sche\#
    ma","type":["object","boolean"],"properties":{"unevaluatedItems":{"$dynamicRef":"#meta"},"un\#
    evaluatedProperties":{"$dynamicRef":"#meta"}}}
    """#

  /// The vocabulary `validation`.
  static let validation =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/validation","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/vali\#
    dation":true},"$dynamicAnchor":"meta","title":"Validation vocabulary meta-schema","type":["o\#
    bject","boolean"],"properties":{"type":{"anyOf":[{"$ref":"#/$defs/simpleTypes"},{"type":"arr\#
    ay","items":{"$ref":"#/$defs/simpleTypes"},"minItems":1,"uniqueItems":true}]},"const":true,"\#
    enum":{"type":"array","items":true},"multipleOf":{"type":"number","exclusiveMinimum":0},"max\#
    imum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimum":{"type":"number"},"ex\#
    clusiveMinimum":{"type":"number"},"maxLength":{"$ref":"#/$defs/nonNegativeInteger"},"minLeng\#
    th":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},"pattern":{"type":"string","format":"regex\#
    "},"maxItems":{"$ref":"#/$defs/nonNegativeInteger"},"minItems":{"$ref":"#/$defs/nonNegativeI\#
    ntegerDefault0"},"uniqueItems":{"type":"boolean","default":false},"maxContains":{"$ref":"#/$\#
    defs/nonNegativeInteger"},"minContains":{"$ref":"#/$defs/nonNegativeInteger","default":1},"m\#
    axProperties":{"$ref":"#/$defs/nonNegativeInteger"},"minProperties":{"$ref":"#/$defs/nonNega\#
    tiveIntegerDefault0"},"required":{"$ref":"#/$defs/stringArray"},"dependentRequired":{"type":\#
    "object","additionalProperties":{"$ref":"#/$defs/stringArray"}}},"$defs":{"nonNegativeIntege\#
    r":{"type":"integer","minimum":0},"nonNegativeIntegerDefault0":{"$ref":"#/$defs/nonNegativeI\#
    nteger","default":0},"simpleTypes":{"enum":["array","boolean","integer","null","number","obj\#
    ect","string"]},"stringArray":{"type":"array","items":{"type":"string"},"uniqueItems":true,"\#
    default":[]}}}
    """#

  /// The vocabulary `meta-data`.
  static let metaData =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/meta-data","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/meta-\#
    data":true},"$dynamicAnchor":"meta","title":"Meta-data vocabulary meta-schema","type":["obje\#
    ct","boolean"],"properties":{"title":{"type":"string"},"description":{"type":"string"},"defa\#
    ult":true,"deprecated":{"type":"boolean","default":false},"readOnly":{"type":"boolean","defa\#
    ult":false},"writeOnly":{"type":"boolean","default":false},"examples":{"type":"array","items\#
    ":true}}}
    """#

  /// The vocabulary `format-annotation`.
  static let formatAnnotation =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/format-annotation","$vocabulary":{"https://json-schema.org/draft/2020-12/voc\#
    ab/format-annotation":true},"$dynamicAnchor":"meta","title":"Format vocabulary meta-schema f\#
    or annotation results","type":["object","boolean"],"properties":{"format":{"type":"string"}}\#
    }
    """#

  /// The vocabulary `format-assertion`.
  static let formatAssertion =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/format-assertion","$vocabulary":{"https://json-schema.org/draft/2020-12/voca\#
    b/format-assertion":true},"$dynamicAnchor":"meta","title":"Format vocabulary meta-schema fo\#
    r assertion results","type":["object","boolean"],"properties":{"format":{"type":"string"}}}
    """#

  /// The vocabulary `content`.
  static let content =
    #"""
    {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/dra\#
    ft/2020-12/meta/content","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/content\#
    ":true},"$dynamicAnchor":"meta","title":"Content vocabulary meta-schema","type":["object","b\#
    oolean"],"properties":{"contentEncoding":{"type":"string"},"contentMediaType":{"type":"strin\#
    g"},"contentSchema":{"$dynamicRef":"#meta"}}}
    """#
}
