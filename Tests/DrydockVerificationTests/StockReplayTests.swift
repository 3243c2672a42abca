import DrydockExchange
import DrydockKernel
@testable import DrydockVerification
import Testing

@Suite("Stock replay")
struct StockReplayTests {
  private func replay(_ tell: (inout Story) -> Void) -> StockReplay? {
    var story = Story()
    tell(&story)
    return StockReplay(Evidence.read(story.trace, catalog: TestCatalog.catalog).0)
  }

  @Test("needs the books at the beginning")
  func needsOpening() {
    #expect(replay { $0.stock() } == nil)
    #expect(replay { $0.plainOrder() } == nil)
  }

  @Test("follows reservations, shipments, counts and returns")
  func follows() throws {
    let replay = try #require(
      replay { story in
        story.stock(onHand: 10, held: 1)
        story.happens(.reserved("s1", [2.of()]))
        story.after("1 h")
        story.happens(.shipped("s1", "T1", [2.of()]))
        story.happens(.adjusted("a1", [(-1).of()]))
        story.happens(.graded("wr1", [1.of("SKU-1", "restock"), 1.of("SKU-1", "scrap")]))
        story.stock(onHand: 8)
      }
    )
    let level = try #require(
      replay.levels[StockReplay.Place(partner: .threePL, sku: "SKU-1")]
    )
    #expect(level.onHand == 8)
    #expect(level.available == 7)
    let steps = try #require(replay.steps["SKU-1"])
    #expect(steps.map(\.available) == [9, 7, 9, 7, 6, 7])
  }

  @Test("takes vanished units from promises first, so that a short pick promises nothing twice")
  func takesPromisesFirst() throws {
    let replay = try #require(
      replay { story in
        story.stock(onHand: 2)
        story.happens(.reserved("s1", [2.of()]))
        story.happens(.adjusted("a1", [(-1).of()]))
        story.happens(.shipped("s1", "T1", [1.of()]))
        story.stock(onHand: 0)
      }
    )
    let level = try #require(
      replay.levels[StockReplay.Place(partner: .threePL, sku: "SKU-1")]
    )
    #expect(level.onHand == 0)
    #expect(level.committed == 0)
    #expect(level.available == 0)
  }

  @Test("finds the most that was available in an interval, both ends included")
  func findsMost() throws {
    let replay = try #require(
      replay { story in
        story.stock(onHand: 10)
        story.at("1 h")
        story.happens(.adjusted("a1", [(-4).of()]))
        story.at("2 h")
        story.happens(.adjusted("a2", [3.of()]))
        story.stock(onHand: 9)
      }
    )
    func most(_ from: Int, _ to: Int) -> Int? {
      replay.mostAvailable(
        "SKU-1",
        from: Story.start + .seconds(from),
        to: Story.start + .seconds(to)
      )
    }
    #expect(most(0, 3599) == 10)
    #expect(most(3600, 7199) == 6)
    #expect(most(3600, 7200) == 9)
    #expect(most(3599, 3600) == 10)
    #expect(most(90_000, 91_000) == 9)
    #expect(replay.mostAvailable("SKU-9", from: Story.start, to: Story.start) == nil)
  }

  @Test("takes promises back when a release is")
  func takesBack() throws {
    let replay = try #require(
      replay { story in
        story.stock(onHand: 5)
        story.happens(.reserved("s1", of: "w1", [2.of()]), .reserved("s2", of: "w1", [1.of()]))
        story.happens(.takenBack("w1"))
        story.stock(onHand: 5)
      }
    )
    #expect(replay.steps["SKU-1"]?.last?.available == 5)
  }
}
