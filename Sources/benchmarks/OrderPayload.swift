import DrydockJSON

/// Orders as benchmarks judge them, and the schema that a contract would hold them against.
enum OrderPayload {
  /// Returns an order as a store sends it; a defect is a quantity of 0 in the last line.
  static func bytes(_ number: Int, hasDefect: Bool, lines: Int = 4) -> [UInt8] {
    var writer = JSONWriter()
    writer.object {
      $0.member("id", 5_678_901_230_000 + number)
      $0.member("name", "#\(1_000 + number)")
      $0.member("email", "ann.example@example.com")
      $0.member("createdAt", "2026-03-02T14:00:00-05:00")
      $0.member("currency", "USD")
      $0.member("financialStatus", number % 3 == 0 ? "pending" : "paid")
      $0.member("fulfillmentStatus", nil as String?)
      $0.member("total", "738.10")
      $0.member("tax", "58.10")
      $0.member("test", false)
      $0.memberObject("customer") {
        $0.member("id", 207_119_551 + number)
        $0.member("firstName", "Ann")
        $0.member("lastName", "Exämple")
        $0.member("phone", "+15550100")
        $0.memberArray("tags") {
          $0.value("wholesale")
          $0.value("net-30")
        }
      }
      $0.memberObject("shippingAddress") {
        $0.member("line1", "1 Harbour Street")
        $0.member("line2", nil as String?)
        $0.member("city", "Portland")
        $0.member("region", "OR")
        $0.member("postalCode", "97201")
        $0.member("country", "US")
      }
      $0.memberArray("lines") {
        for line in 0..<lines {
          $0.object {
            $0.member("id", 466_157_049 + line)
            $0.member("sku", "SKU-\(line + 1)-\(number % 10)")
            $0.member("title", "Dock bumper, size \(line)")
            $0.member("quantity", hasDefect && line == lines - 1 ? 0 : line + 1)
            $0.member("unitPrice", number: "\(19 + line).50")
            $0.member("taxable", true)
            $0.memberObject("fulfilment") {
              $0.member("kind", line % 2 == 0 ? "warehouse" : "dropship")
              $0.member(line % 2 == 0 ? "node" : "vendor", "east")
            }
          }
        }
      }
    }
    return writer.bytes
  }

  /// The schema of the orders, of the kind that contracts carry.
  static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "type": "object",
      "required": ["id", "name", "createdAt", "currency", "lines", "total"],
      "properties": {
        "id": {"type": "integer", "minimum": 1},
        "name": {"type": "string", "pattern": "^#[0-9]{4,}$"},
        "email": {"type": "string", "maxLength": 254},
        "createdAt": {"type": "string", "format": "date-time"},
        "currency": {"enum": ["USD", "EUR", "GBP", "JPY"]},
        "financialStatus": {"enum": ["pending", "authorized", "paid", "refunded", "voided"]},
        "fulfillmentStatus": {"enum": ["fulfilled", "partial", "restocked", null]},
        "total": {"$ref": "#/$defs/amount"},
        "tax": {"$ref": "#/$defs/amount"},
        "test": {"type": "boolean"},
        "customer": {
          "type": "object",
          "required": ["id"],
          "properties": {
            "id": {"type": "integer"},
            "firstName": {"type": "string", "maxLength": 100},
            "lastName": {"type": "string", "maxLength": 100},
            "phone": {"type": ["string", "null"], "pattern": "^\\+[0-9]{7,15}$"},
            "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}
          }
        },
        "shippingAddress": {
          "type": "object",
          "required": ["line1", "city", "country"],
          "properties": {
            "line1": {"type": "string", "minLength": 1},
            "line2": {"type": ["string", "null"]},
            "city": {"type": "string", "minLength": 1},
            "region": {"type": "string"},
            "postalCode": {"type": "string"},
            "country": {"type": "string", "pattern": "^[A-Z]{2}$"}
          },
          "additionalProperties": false
        },
        "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line"}}
      },
      "$defs": {
        "amount": {"type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$"},
        "line": {
          "type": "object",
          "required": ["id", "sku", "quantity", "unitPrice"],
          "properties": {
            "id": {"type": "integer"},
            "sku": {"type": "string", "minLength": 1, "maxLength": 64},
            "title": {"type": "string"},
            "quantity": {"type": "integer", "minimum": 1, "maximum": 9999},
            "unitPrice": {"type": "number", "minimum": 0, "multipleOf": 0.01},
            "taxable": {"type": "boolean"},
            "fulfilment": {
              "oneOf": [
                {
                  "required": ["kind", "node"],
                  "properties": {"kind": {"const": "warehouse"}, "node": {"type": "string"}}
                },
                {
                  "required": ["kind", "vendor"],
                  "properties": {"kind": {"const": "dropship"}, "vendor": {"type": "string"}}
                }
              ]
            }
          },
          "additionalProperties": false
        }
      }
    }
    """#
}
