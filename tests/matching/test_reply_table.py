"""Replies as many people give them, and what a listener takes them for.

Most were written before the reader was last changed, and it was changed for them. The last 66 were written
after that: 53 were read right the first time, one refusal to decide was taken for a consent (mended since),
and those under NOT_YET are left open.
"""

import pytest

from speechqa.checklist.operators.replies import AskedFor
from speechqa.matching.replies.answers import Reply, meaning
from speechqa.matching.replies.wordings import Wordings

# Readings that a listener would accept, and after each the replies, divided by bars.
FACTS = {
    "yes": """
        对，我就是。 | 是我，怎么了？ | 嗯嗯，是的是的。 | 啊对，你哪位？ | 哎，我就是，您讲。 |
        对头，就是我噻。 | 是啊，我本人。 | 没错没错。 | 俺就是，啥事儿啊？ |
        机主是我，号一直我在用。 | 不是我还能是谁？ | 我不是机主谁是机主啊？ | 啊？哦，对对对，是我。 |
        我姓王，是我。 | 当然是我啦，不然谁接电话。 | 本人，请讲。 | 是的，不过我现在在开车。 |
        对，但是我不需要啊。 | 是我没错，可你们怎么有我电话的？ | 嗯，是我，你快点说。 |
        喂，你好，对，我是。 | 系啊，咩事啊？ | 不错，正是。 | 对，我就是，不要再打了。 |
        是我，我不办啊。 | 是不是我？是我啊。 | 我不就是嘛。 | 嗯。 | 嗳，是我呀，啥人啊？ |
        对的呀，我就是本人。 | 我是，您哪里？ | 是的，登记的是我。 | 没错，这卡就是我办的。 |
        嗯，我是户主，怎么啦？ | 那不是我是谁嘞。 |
    """,
    "no": """
        是我老婆的名字办的，不过一直我用。 | 卡是我的，名字是我爸的。 | 我不是，我是他儿子。 |
        我老公是机主，我不是。 | 不，我是他妈妈。 | 不是不是，你打错了。 | 原来是，现在不是了。 |
        是……哦不对，登记的是我妹妹。 | 我是机主的老婆。 | 我是替他接的。 | 不是，这是我闺女的手机。 |
        我不是本人，本人出差了。 | 你找错了，我不姓李。 | 户主是我爷爷，人已经不在了。 |
    """,
    "vague": """
        应该是吧，我记不清了。 | 不清楚，这卡买来就用了。 | 大概是吧，当时谁办的我忘了。 |
    """,
    "unclear": """
        你问这个干什么？ | 你是谁啊，找谁？ | 你先说什么事。 | 喂？喂？听得到吗？ | 啊？你说什么？ |
        嗯？ | 啊？ | 您继续。 | 你接着说，我听着呢。 | 您是哪个单位的？ |
    """,
    "other": """
        我用的是移动的。 |
    """,
    "yes other": """
        这号我用了十几年了。 |
    """,
    "no other": """
        他不在，我是他同事。 | 打错了吧，没这个人。 | 我只是帮忙接个电话。 | 这是公司的电话。 |
    """,
    "vague no": """
        好像是我爱人名下的吧，我也不太清楚。 | 可能是我爸的名字。 |
    """,
    "vague yes": """
        怎么说呢，算是吧。 |
    """,
    "unclear other": """
        听不清，你大声点。 | 我是不是机主关你什么事。 | 你不是有我信息吗，还问。 |
        不好意思啊，没听清。 | 你打给我还问我是谁？ | 有事快说，我忙着呢。 |
    """,
    "vague other": """
        你说是就是咯。 | 我正开会，回头再说。 |
    """,
    "vague unclear": """
        我是机主吗？我也不知道。 |
    """,
    "unclear vague": """
        哦。 |
    """,
    "other unclear": """
        我在开车呢。 | 信号不好，先这样。 |
    """,
    "vague no other": """
        我也说不上来，好像是单位统一办的。 |
    """,
}
CONSENTS = {
    "no": """
        对，但是我不需要啊。 | 对，我就是，不要再打了。 | 是我，我不办啊。 | 我老公不让。 |
        我老婆说不行。 | 不可以。 | 不要不要。 | 不用了，谢谢。 | 谢谢，不用了，我这边够用。 |
        不了不了，你忙吧。 | 不需要，再见。 | 好的，那算了。 | 好了好了，不用说了，我不办。 |
        行了行了，别说了，不要。 | 可以了可以了，不用了。 | 行，那就不办了。 | 好的好的，不需要哈。 |
        对，我不办。 | 没错，我就是不想要。 | 没兴趣。 | 暂时不需要。 | 先不办了吧。 | 先别办。 |
        别给我办啊。 | 你别给我乱开。 | 可别，我不要。 | 不，谢谢。 | 没必要吧。 | 用不着。 |
        我够用了，不换。 | 我现在这个挺好的，不想换。 | 太贵了，不办。 | 贵了，算了吧。 | 嗯，不用。 |
        哦，那不要了。 | 嗯……还是不要了吧。 | 可以……哎算了，还是不办了。 |
        本来想办的，现在不想了。 | 我没说要办。 | 我可没答应啊。 | 我没同意你们办这个。 |
        我不是很想办。 | 不太想要。 | 不怎么需要。 | 莫搞，莫搞。 | 莫给我开。 | 唔使啦，唔该。 |
        冇兴趣。 | 甭了，谢谢您。 | 俺不要这玩意儿。 | 不中。 | 不得行。 | 勿要。 | 拉倒吧。 |
        你们怎么老打电话，不办！ | 要什么要，不要。 | 不好意思，我不需要。 | 对不起，不办。 |
        那不用了谢谢啊 | 我不要不要你别说了 | 好，谢谢，不过我真的不需要。 | 我都说了八百遍了，不办！ |
        好了知道了，别给我弄就行。 | 可以是可以，可我就是不想办。 | 本来想同意的，一听要扣钱，算了。 |
        你可千万别给我开通。 | 可以谢谢不用 |
    """,
    "unclear": """
        你问这个干什么？ | 你是谁啊，找谁？ | 你先说什么事。 | 喂？喂？听得到吗？ | 啊？你说什么？ |
        嗯？ | 他们说这个可以随时取消？ | 你觉得呢？ | 不要吗？ | 可以办吗我这个？ | 怎么收费啊？ |
        这个要钱吗？ | 不收费吧？ | 真的不收费？ | 是不是要扣钱？ | 办了能取消不？ | 同意什么？ |
        要我同意是吧？ | 同意就要扣钱是吗？ | 你的意思是我同意就办了？ | 啊？ | 您继续。 |
        你接着说，我听着呢。 | 不好意思，可以再说一遍吗 | 同意了会怎么样？ | 什么叫同意办理？ |
        那个要不要签什么东西的 |
    """,
    "vague": """
        嗯。 | 可以，但是你得保证没有别的费用。 | 可以，不过要下个月生效。 | 行是行，就是有点贵。 |
        可以是可以，但我得问问我老婆。 | 好是好，我再想想吧。 | 好的，我考虑考虑。 |
        好，等我回去看看再说。 | 行，那你先发个短信我看看。 | 如果免费就可以。 | 要是不要钱我就办。 |
        只要不扣钱，就办吧。 | 到时候需要了我再联系你。 | 下个月吧。 | 过完年再说。 |
        等我儿子回来再定。 | 我做不了主，得问我老公。 | 我儿子说可以，我自己还没想好。 |
        你说可以就可以吧。 | 你看着办吧。 | 随便吧，都行。 | 不是说不办，就是现在不方便。 |
        不是不行，就是得等等。 | 也不是不可以，我再看看。 | 没说不要，但是现在没钱。 | 不是不同意。 |
        我正开会，回头再说。 | 等我发工资了再办。 | 这个嘛，再议吧。 | 要是能便宜十块我就同意。 |
        能退的话我就办。 | 好的好的，有空我去营业厅问问。 | 行，你先把资料发我微信。 |
    """,
    "yes": """
        可以可以，你办吧。 | 行行行，你给我弄。 | 好呀好呀，麻烦你了。 | 那你给我办吧。 |
        中，就照你说的来。 | 要得，搞起嘛。 | 得，给咱整一个。 | 成，开吧。 | 好的，同意办理。 |
        我同意。 | 没问题，办。 | 没意见，你操作就行。 | 行吧，那就先试一个月。 |
        反正也不贵，办一个吧。 | 我老公说可以，那就办吧。 | 我跟我爱人商量过了，办。 |
        考虑好了，开通吧。 | 不用考虑了，直接办。 | 那有啥不行的，办呗。 | 我没有不同意啊，你办就是。 |
        怎么不行，办！ | 为什么不可以，当然可以。 | 不办不行啊，给我开上吧。 | 嗯，可以。 |
        嗯嗯，好的好的。 | 哦，那行，你弄吧。 | 呃……行，行吧。 | OK，没问题。 | 好咧，办上。 |
        先不办……算了，还是办吧。 | 本来不想要的，听你这么说，那就来一个。 | 不贵，可以。 |
        我不反对，你给我开吧。 | 要的，帮我开通一下。 | 需要，你给我登记上。 | 可以，谢谢啊。 |
        好，辛苦你了。 | 那就麻烦您给我开一下。 | 我确认办理。 | 你给我办理就好了，别老打电话了。 |
        没事，你办吧。 | 没关系，可以的。 | 可以可以你办 | 行啊那你帮我开一下吧谢谢 |
        好的好的好的谢谢 | 好滴好滴 | 好那你给我办一个我试试 | 对，给我办。 | 是的，我要办。 |
        成，那就麻烦小姑娘给我弄上。 | 好，就按你刚才讲的办。 | 嗯，行，你给我开了吧。 |
        可以，你直接操作。 | 同意同意，快点办。 | 好嘛，整嘛，反正不得好多钱。 |
        我媳妇没意见，我也没意见，办吧。 | 没什么不可以的，你弄吧。 | 不用问了，我同意。 |
        行，给我升级到那个套餐。 | 没事儿，您给我加上就行。 |
    """,
    "other": """
        我用的是移动的。 |
    """,
    "yes vague": """
        嗯嗯，是的是的。 | 行，不过别多扣我钱啊。 |
    """,
    "unclear other": """
        听不清，你大声点。 | 不好意思啊，没听清。 | 你们这算不算诱导消费 |
    """,
    "vague other": """
        你说是就是咯。 | 我妈说可以。 | 差不多吧。 | 不是不信你，我得先看合同。 |
        领导说可以，我还没签字呢。 |
    """,
    "yes other": """
        同一办理 |
    """,
    "unclear vague": """
        好吧，你先说说多少钱。 | 哦。 | 行，你说吧。 | 可以，你说。 | 行行行你说，我听着。 |
        行啊，你说说怎么个优惠法？ | 嗯，然后呢？ |
    """,
    "no vague": """
        除非你给我打折，不然不办。 |
    """,
    "vague no": """
        有需要我再打给你们。 | 办不办都一样。 | 那行，等会儿我自己去营业厅办。 |
        好，我自己在手机上办。 | 行，我自己弄吧。 | 可以考虑，但今天不行。 |
    """,
    "no other": """
        我同意才怪。 | 得了吧，我不信。 | 可以个屁。 | 我布要 | 不同一 |
    """,
    "no unclear": """
        谁要办啊？ | 谁说我同意了？ | 我什么时候说要办了？ | 办什么办，我都没听懂。 |
        哪能不经我同意就办呢？ |
    """,
    "unclear no": """
        可不可以不办？ | 可以先不办吗？ |
    """,
    "other vague": """
        我这个套餐还没到期呢。 |
    """,
    "other no": """
        我都七十了，弄不来这些。 |
    """,
    "other yes": """
        意办理 | 要办理谢谢再见 |
    """,
    "vague unclear other": """
        嗯，我知道了。 | 知道了知道了。 | 嗯嗯，了解了。 |
    """,
    "unclear vague other": """
        可以吗？我不太懂。 | 可以的话你先介绍一下。 |
    """,
    "vague no other": """
        不见得吧。 |
    """,
    "no other unclear": """
        别再打了，烦不烦。 |
    """,
    "other unclear vague": """
        我在开车呢。 |
    """,
    "other vague unclear": """
        信号不好，先这样。 | 用了谢谢 |
    """,
    "yes vague other": """
        好的，再见。 |
    """,
    "vague other yes no": """
        对对对好好好，你挂了吧。 |
    """,
}
# A no with an object of its own takes no consent back, and one to what was asked does. After the reader had
# been mended for the first nine, 25 of 31 more were read right the first time, then 20 of another 25.
# Still read as a no is 可以可以，你不用再解释了我懂.
OWN_OBJECTS = {
    "yes": """
        行啊，那就这个吧，别的不用给我推荐了。 | 好，帮我办了，不要给我发短信。 | 可以，别的我不要。 |
        好，你先别挂。 | 可以别的我不要 | 好帮我办了不要给我发短信 | 行嘞，就它了，别的我一概不要啊。 |
        中，办吧，甭给俺寄那些纸了。 | 好嘛，你给我开起，其他那些莫给我推了。 |
        可以的，以后短信就不要发了。 | 同意，不过发票就不用开了。 | 嗯，可以，你不用再给我推荐其他的了。 |
        办呗，另外的就免了。 | 行，我就要这个，多余的别给我加。 | 好，开通吧，你别急，我去拿个笔。 |
        OK，帮我搞一个，别忘了备注。 | 可以呀，你先别挂电话，我问你哪天生效。 |
        行，办一个，我不要纸质合同。 | 得嘞，您给办上，别给我弄错喽。 |
        好的，那就这样，其他的我就不考虑了。 | 要得，短信莫发，直接给我办。 | 可以，赠品我就不要了。 |
        那就办吧，快递不用送上门。 | 可以给我办吧别的就不用介绍了。 | 没问题，只要这一个，其他的都不要。 |
        好，不用加微信，你直接给我办就行。 | 好啊，你帮我弄上，其他的话就不用多讲了。 |
        可以办，但是别给我老发短信。 | 成成成，办，你别再给我介绍那些有的没的了。 |
        行，开吧，我这边不用开票的。 | 嗯嗯可以，别的套餐我就不看了。 | 办一个吧，不要寄到公司去。 |
        好，我同意，验证码我就不念了。 | 行，你弄吧，我就不过去了。 | 好的可以，不用再确认了。 |
        办吧，不用问我爱人了。 | 行啊，没什么别的要求。 | 确认办理，纸质账单不用寄。 | 要的，其他都不要。 |
        那给我来一个，不用太复杂的。 | 好，办，你别骗我啊。
    """,
    "no": """
        可以，但这个我不要。 | 行，别的我不要，这个也不要了。 | 不用了，别的也不要。 |
        可以是可以，但是这个我不要。 | 别的都行，这个不办。 | 你短信可以发，业务我不办。 |
        好，你介绍得挺好，我不需要。 | 其他的可以，这个流量包不要。 | 不要给我办，短信也不要发。 |
        别的我也不要，这个我也不要。 | 好的，这个先不要，别的也不用推荐。 | 可以，你别给我开通就行。 |
        行了，我什么都不办，别的也别说了。 | 要不要别的再说，这个我肯定不要。 |
        那个短信你发给我看看，办我就不办了。 | 别给我发短信了，我不感兴趣。 | 你别急着给我开，我没说要。 |
        其他的再说，反正这个我不要。 | 行了别介绍了，不办。 | 发票我也不要，套餐我也不要。 |
        可以了可以了，别的这个都不要。 | 我别的要，就是不要这个。 | 不要这个，别的有没有。
    """,
}
# Read as OTHER so far: they leave a finding to a listener.
NOT_YET_FACTS = {
    "no": """
        她手机落我这儿了，我帮她接的。 | 以前是我的，去年过户给我弟了。 |
    """,
}
NOT_YET_CONSENTS = {
    "yes": """
        那就来这个三十的吧。 | 之前觉得贵，现在听着还行，办了吧。 | 确定，办理。 |
        你帮我把那个会员开了。 |
    """,
    "vague": """
        你让我琢磨琢磨。 | 我得跟孩子他爸合计合计。 |
    """,
    "no": """
        谢谢你的好意，暂时没这个打算。 | 不好意思啊小姐姐，我不太感兴趣。 |
        我没点头啊，你别替我做主。 |
    """,
    "yes vague": """
        那成吧，听你的。 |
    """,
}


def replies(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (reply.strip(), accepted)
        for accepted, text in table.items()
        for reply in text.split("|")
        if reply.strip()
    ]


@pytest.mark.parametrize(("reply", "accepted"), replies(FACTS))
def test_a_reply_to_a_question_about_a_fact_is_read_as_a_listener_reads_it(reply: str, accepted: str) -> None:
    assert meaning(reply, AskedFor.FACT, Wordings()).kind.value in accepted.split()


@pytest.mark.parametrize(("reply", "accepted"), replies(OWN_OBJECTS))
def test_a_refusal_of_something_else_is_told_from_one_of_what_was_asked(reply: str, accepted: str) -> None:
    assert meaning(reply, AskedFor.CONSENT, Wordings()).kind is Reply(accepted)


@pytest.mark.parametrize("reply", ["不要给我发短信。", "你先别挂。", "别的我不要。"])
def test_a_refusal_of_something_else_alone_is_left_to_a_listener(reply: str) -> None:
    assert meaning(reply, AskedFor.CONSENT, Wordings()).kind is Reply.OTHER


@pytest.mark.parametrize(("reply", "accepted"), replies(CONSENTS))
def test_a_reply_to_a_request_for_consent_is_read_as_a_listener_reads_it(reply: str, accepted: str) -> None:
    assert meaning(reply, AskedFor.CONSENT, Wordings()).kind.value in accepted.split()


@pytest.mark.parametrize(("reply", "accepted"), replies(NOT_YET_FACTS))
def test_a_fact_that_cannot_be_read_yet_is_left_open(reply: str, accepted: str) -> None:
    assert meaning(reply, AskedFor.FACT, Wordings()).kind is Reply.OTHER, accepted


@pytest.mark.parametrize(("reply", "accepted"), replies(NOT_YET_CONSENTS))
def test_a_consent_that_cannot_be_read_yet_is_left_open(reply: str, accepted: str) -> None:
    assert meaning(reply, AskedFor.CONSENT, Wordings()).kind is Reply.OTHER, accepted
